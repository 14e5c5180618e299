/**
 * What goes wrong with a call. Before it is taken: the connection is reset, 429, 503. After: the connection is dropped
 * without an answer, 502 in place of it, or the answer comes late.
 */
export const MISHAPS = [
  "reset_before_accept",
  "limited",
  "unavailable",
  "drop_after_accept",
  "bad_gateway_after_accept",
  "slow_after_accept",
] as const;
export type Mishap = (typeof MISHAPS)[number];

/** How often each mishap happens, from 0 to 1; their sum is how often anything does. */
export type ChaosDial = Partial<Record<Mishap, number>>;

/** Draws what happens to each call, the same for the same seed and order of calls. */
export function createChaos(seed: number): { draw: (dial: ChaosDial) => Mishap | null } {
  let state = seed >>> 0;
  // mulberry32: small, and good enough to be unlucky with.
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    draw: (dial) => {
      let left = random();
      for (const mishap of MISHAPS) {
        left -= dial[mishap] ?? 0;
        if (left < 0) return mishap;
      }
      return null;
    },
  };
}
