import { DomainError } from "@hustings/core/errors";
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Sustained rate, and how many requests may come at once after a quiet while. */
export type Rate = { perSecond: number; burst: number };

/** For pages that anybody with a link may open. */
export const PUBLIC_PAGE_RATE: Rate = { perSecond: 10, burst: 100 };

/** How long an exhausted burst takes to come back; the sustained rate goes on meanwhile. */
const BURST_WINDOW_S = 60;

/** Counts one request of a key (an API key's hash or an address). @throws DomainError `too_many` with its waiting time. */
export type RateLimiter = (key: string) => Promise<void>;

/** A limit kept in this process; entries leave memory with their window. */
export function createRateLimiter(name: string, rate: Rate): RateLimiter {
  const sustained = new RateLimiterMemory({ keyPrefix: name, points: rate.perSecond, duration: 1 });
  const burst = new RateLimiterMemory({
    keyPrefix: `${name}-burst`,
    points: Math.max(rate.burst - rate.perSecond, 1),
    duration: BURST_WINDOW_S,
  });
  const limiter = new BurstyRateLimiter(sustained, burst);
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      throw new DomainError(
        "too_many",
        "Too many requests",
        undefined,
        Math.max(1, Math.ceil(rejection.msBeforeNext / 1000)),
      );
    }
  };
}
