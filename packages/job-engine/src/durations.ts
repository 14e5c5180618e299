const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const durationPattern = /^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+$/;

/**
 * Reads a duration as the SDK writes it (`2s`, `1h30m`), in milliseconds.
 *
 * @throws Error when the text is no duration.
 */
export function parseDurationMs(text: string): number {
  if (!durationPattern.test(text)) throw new Error(`"${text}" is no duration`);
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    totalMs += Number(amount) * (unitMs[unit ?? ""] ?? 0);
  }
  return totalMs;
}

/**
 * Milliseconds from `now` until what the SDK names, a duration or an ISO instant; never negative.
 *
 * @throws Error when the text is neither.
 */
export function msUntil(text: string, now: Date = new Date()): number {
  if (!/^\d{4}-/.test(text)) return parseDurationMs(text);
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`"${text}" is no instant`);
  return Math.max(0, instant - now.getTime());
}

const backoffTableMs = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200].map((seconds) => seconds * 1000);
const jitterMs = 30_000;

/** Inngest's documented back-off before the retry that follows attempt `attempt` (from 0), with up to 30 s of jitter. */
export function documentedBackoffMs(attempt: number): number {
  const base = backoffTableMs[Math.min(attempt, backoffTableMs.length - 1)] ?? 0;
  return base + Math.random() * jitterMs;
}
