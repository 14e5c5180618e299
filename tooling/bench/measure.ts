/** Prepares one round outside of the clock, and returns what the clock is for. */
export type Side = (round: number) => Promise<() => Promise<unknown>>;

/** A side that has nothing to prepare. */
export const repeating =
  (work: () => Promise<unknown>): Side =>
  async () =>
    work;

/** How long `work` takes, in ms. */
export async function clock(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** @throws Error without values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error("There is nothing to take the median of");
  return (lower + upper) / 2;
}

/**
 * Times several sides in turns, so that whatever else the machine does meets all of them, each first as often as last.
 *
 * @param warmUps rounds that are run and not counted.
 * @returns the median of each side, in ms.
 */
export async function interleave<Name extends string>(
  rounds: number,
  sides: Record<Name, Side>,
  warmUps = 1,
): Promise<Record<Name, number>> {
  const names = Object.keys(sides) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const elapsed = await clock(await sides[name](round));
      if (round >= warmUps) times.get(name)?.push(elapsed);
    }
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, median(values)])) as Record<Name, number>;
}
