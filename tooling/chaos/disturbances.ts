import { setTimeout as delay } from "node:timers/promises";
import type { ChaosDial } from "../fakes/mailersend/chaos";
import { createRandom, type Random } from "../fakes/random";
import { type Arena, SERVICES } from "./arena";
import type { Campaign } from "./campaign";

/** What the disturbances share. */
export type Scene = {
  arena: Arena;
  campaign: Campaign;
  /** Each disturbance draws from a row of its own, made from this. */
  seed: number;
  /** Notes what was done, for the evidence. */
  note: (what: string) => void;
};

/** Goes on by itself until the signal, and leaves everything calm. */
export type Disturbance = (scene: Scene, stopping: AbortSignal) => Promise<void>;

/** Ends before its time when the scene ends. */
export const pause = (ms: number, stopping: AbortSignal): Promise<unknown> =>
  delay(ms, undefined, { signal: stopping }).catch(() => undefined);

/** Draws between two bounds. */
export const between = (random: Random, least: number, most: number): number => least + random() * (most - least);

export const oneOf = <T>(random: Random, items: readonly [T, ...T[]]): T =>
  items[Math.floor(random() * items.length)] ?? items[0];

const STORMS: readonly [ChaosDial, ...ChaosDial[]] = [
  {},
  { reset_before_accept: 0.1, drop_after_accept: 0.1 },
  { limited: 0.3 },
  { unavailable: 0.15, bad_gateway_after_accept: 0.1 },
  { slow_after_accept: 0.2 },
  {
    reset_before_accept: 0.05,
    limited: 0.05,
    unavailable: 0.05,
    drop_after_accept: 0.1,
    bad_gateway_after_accept: 0.05,
  },
];

/** The provider fails in one way, then in another, then not at all. */
export const weather: Disturbance = async ({ arena: { fake }, seed, note }, stopping) => {
  const random = createRandom(seed + 1);
  while (!stopping.aborted) {
    fake.chaos = oneOf(random, STORMS);
    fake.delays = { bulkMs: between(random, 0, 300), slowMs: between(random, 500, 3_000) };
    note(`provider: ${JSON.stringify(fake.chaos)}, bulk calls wait ${Math.round(fake.delays.bulkMs)} ms`);
    await pause(between(random, 500, 4_000), stopping);
  }
  fake.chaos = {};
};

const LARGEST_JUMP_MS = 3 * 60 * 60_000;

/** A service's clock is set forward or back, by seconds as often as by hours; at the end all are right again. */
export const clockJumps: Disturbance = async ({ arena, seed, note }, stopping) => {
  const random = createRandom(seed + 2);
  while (!stopping.aborted) {
    const name = oneOf(random, SERVICES);
    const size = Math.round(1_000 * (LARGEST_JUMP_MS / 1_000) ** random());
    const offsetMs = random() < 0.3 ? 0 : random() < 0.5 ? size : -size;
    arena.setClock(name, offsetMs);
    note(`clock of ${name}: ${offsetMs / 1_000} s off`);
    await pause(between(random, 500, 3_000), stopping);
  }
  for (const name of SERVICES) arena.setClock(name, 0);
};

/** Every resume hands out all open batches anew: the more there are, the longer the hand lies still. */
const PEOPLE_PER_UNIT_OF_CALM = 20_000;

/** Somebody pauses, and resumes as soon as that was answered or somewhat later. */
export const nervousHand: Disturbance = async ({ campaign: { id, rest, fates }, seed, note }, stopping) => {
  const random = createRandom(seed + 3);
  const calm = Math.max(1, fates.size / PEOPLE_PER_UNIT_OF_CALM);
  const press = async (button: "pause" | "resume") => {
    const { status } = await rest.insist("POST", `/campaigns/${id}/${button}`, {});
    note(`${button}: ${status}`);
  };
  while (!stopping.aborted) {
    await pause(between(random, 1_000, 8_000) * calm, stopping);
    await press("pause");
    await pause(random() < 0.3 ? 0 : between(random, 0, 1_000), stopping);
    await press("resume");
  }
};
