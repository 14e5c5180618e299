import type { Reply } from "./reply";

/** What goes wrong with calls of Gmail's API, and with the token endpoint where `token` is set. */
export const MISHAPS = {
  unauthorized: {
    status: 401,
    body: { error: { code: 401, message: "Invalid Credentials", status: "UNAUTHENTICATED" } },
  },
  forbidden: {
    status: 403,
    body: { error: { code: 403, message: "Access Not Configured.", errors: [{ reason: "accessNotConfigured" }] } },
  },
  limited: {
    status: 429,
    headers: { "retry-after": "7" },
    body: { error: { code: 429, message: "Too many requests", status: "RESOURCE_EXHAUSTED" } },
  },
  broken: { status: 500, body: { error: { code: 500, message: "Backend Error", status: "INTERNAL" } } },
  garbage: { status: 200, body: "<!doctype html><title>Sorry</title>" },
  empty: { status: 200, body: {} },
} as const satisfies Record<string, Reply>;
export type Mishap = keyof typeof MISHAPS | "slow" | "reset" | "userLimited";

/** Turned at any time. Each mishap befalls the next `times` calls whose path it matches. */
export type Dial = { mishap: Mishap; path: RegExp; times: number }[];

/** The mishap of a call, which uses it up. */
export function drawMishap(dial: Dial, path: string): Mishap | null {
  const entry = dial.find((one) => one.times > 0 && one.path.test(path));
  if (!entry) return null;
  entry.times--;
  return entry.mishap;
}

/** As Gmail says it of one user: with the time in the words. */
export const userLimited = (until: Date): Reply => {
  const message = `User-rate limit exceeded.  Retry after ${until.toISOString()}`;
  const errors = [{ message, domain: "usageLimits", reason: "userRateLimitExceeded" }];
  return { status: 403, body: { error: { code: 403, message, errors, status: "PERMISSION_DENIED" } } };
};
