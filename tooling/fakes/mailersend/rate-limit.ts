import type { FakePlan } from "./account";

/** Which of the account's limits a call counts against. */
export type CallKind = "email" | "bulk" | "general";

export type RateLimit = {
  /** Counts a call. @returns its headers, and the body of a refusal once there were too many. */
  count(kind: CallKind): { headers: Record<string, string>; refusal: string | null };
  /** Requests that are left of the day. */
  remainingOfDay(): number;
};

const MINUTE_MS = 60_000;

/** Counts calls in windows of a minute, and of the account's day; refused calls count too. */
export function createRateLimit(plan: () => FakePlan, now: () => number): RateLimit {
  const windows = new Map<CallKind, { startedAt: number; calls: number }>();
  let day = { date: "", calls: 0 };
  const today = () => new Date(now()).toISOString().slice(0, 10);
  const perMinute = (kind: CallKind) => plan()[`${kind}PerMinute`];

  return {
    remainingOfDay: () => plan().requestsPerDay - (day.date === today() ? day.calls : 0),
    count: (kind) => {
      if (day.date !== today()) day = { date: today(), calls: 0 };
      day.calls += 1;
      const known = windows.get(kind);
      const window = known && now() - known.startedAt < MINUTE_MS ? known : { startedAt: now(), calls: 0 };
      window.calls += 1;
      windows.set(kind, window);
      const resetMs = window.startedAt + MINUTE_MS - now();
      const headers: Record<string, string> = {
        "x-ratelimit-limit": String(perMinute(kind)),
        "x-ratelimit-remaining": String(Math.max(0, perMinute(kind) - window.calls)),
        "x-apiquota-remaining": String(Math.max(0, plan().requestsPerDay - day.calls)),
      };
      if (day.calls > plan().requestsPerDay)
        return {
          headers: { ...headers, "retry-after": "3600" },
          refusal: "Your account reached its API daily quota limit. Upgrade to increase it. #MS42901",
        };
      if (window.calls > perMinute(kind))
        return {
          headers: { ...headers, "retry-after": String(Math.max(1, Math.ceil(resetMs / 1_000))) },
          refusal: `Your account reached its rate limit of ${perMinute(kind)} requests/min. Please wait before trying again. #MS42903`,
        };
      return { headers, refusal: null };
    },
  };
}
