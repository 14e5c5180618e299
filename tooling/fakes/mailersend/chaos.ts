import { createRandom } from "../random";

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
  const random = createRandom(seed);
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
