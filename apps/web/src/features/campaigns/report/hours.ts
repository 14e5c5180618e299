import type { CampaignReport } from "@hustings/contracts/campaign-recipients";

const HOUR_MS = 3_600_000;
/** A week, as much as the report gives. */
const MAX_HOURS = 168;

export type Hour = { at: Date; delivered: number; opened: number; clicked: number };

/** The report names hours in which something happened; between them nothing did. */
export function fillHours(overTime: CampaignReport["overTime"]): Hour[] {
  const byTime = new Map(overTime.map((hour) => [new Date(hour.at).getTime(), hour]));
  const times = [...byTime.keys()].sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  const count = Math.min(MAX_HOURS, Math.round((last - first) / HOUR_MS) + 1);
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * HOUR_MS;
    const hour = byTime.get(at);
    return {
      at: new Date(at),
      delivered: hour?.delivered ?? 0,
      opened: hour?.opened ?? 0,
      clicked: hour?.clicked ?? 0,
    };
  });
}

/** The hour with the most; the first of several. */
export function peakOf(hours: readonly Hour[], key: "opened" | "clicked"): Hour {
  return hours.reduce((best, hour) => (hour[key] > best[key] ? hour : best));
}

/** A round top of the axis and its lines, at most four: 612 → 0, 200, 400, 600… */
export function axisTicks(max: number): number[] {
  const raw = Math.max(1, max) / 3;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  // People are whole: no quarter steps below 10.
  const factors = magnitude >= 10 ? [1, 2, 2.5, 5] : [1, 2, 5];
  const step = Math.max(1, (factors.find((factor) => factor * magnitude >= raw) ?? 10) * magnitude);
  return Array.from({ length: Math.ceil(Math.max(1, max) / step) + 1 }, (_, index) => index * step);
}
