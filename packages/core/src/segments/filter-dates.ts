import { dateTime } from "@hustings/contracts/primitives";
import { z } from "zod";
import { Misfit } from "./filter-values";

const DAY_MS = 86_400_000;
const isoDate = z.iso.date();
const RELATIVE = /^([+-])(\d{1,4})([hdwmy])$/i;

/** Postgres has no year 0, and ISO text of years beyond 9999 looks different. */
const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T00:00:00Z");

/** A stretch of time: from `startMs` (inclusive) to `endMs` (exclusive). A date is its whole day in UTC. */
type Moment = { startMs: number; endMs: number; isRelative: boolean };

/** What a date condition asks for: `fromMs` inclusive, `untilMs` exclusive; absent: open. */
export type DateRange = { fromMs?: number; untilMs?: number };

export type DateOperator = "eq" | "gt" | "gte" | "lt" | "lte" | "after" | "before";

/**
 * Turns operator and value into a range of time, compared in UTC with milliseconds as the grain. `after` a date means
 * from the next day on; `before` a date means until that day begins.
 *
 * @param grain `day` where whole days are stored: an instant then stands for its day.
 * @throws Misfit for what is neither a date, nor a date and time with an offset, nor relative (`now`, `-30d`).
 */
export function readDateRange(operator: DateOperator, value: unknown, now: Date, grain: "instant" | "day"): DateRange {
  const moment = readMoment(value, now);
  // "Was 30 days ago" means that day: nobody asks for the same millisecond.
  const { startMs, endMs } = grain === "day" || (operator === "eq" && moment.isRelative) ? wholeDay(moment) : moment;
  switch (operator) {
    case "eq":
      return { fromMs: startMs, untilMs: endMs };
    case "gt":
    case "after":
      return { fromMs: endMs };
    case "gte":
      return { fromMs: startMs };
    case "lt":
    case "before":
      return { untilMs: startMs };
    case "lte":
      return { untilMs: endMs };
  }
}

/** `2026-11-23`, in UTC. */
export const toIsoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const toIsoInstant = (ms: number): string => new Date(ms).toISOString();

function readMoment(value: unknown, now: Date): Moment {
  const moment = typeof value === "string" ? parseMoment(value.trim(), now) : undefined;
  if (!moment)
    throw new Misfit("value", "must be a date like 2026-11-23, a date and time with an offset, or like -30d or now");
  if (!(moment.startMs >= FIRST_MS && moment.startMs < LAST_MS))
    throw new Misfit("value", "must lie between the years 1 and 9999");
  return moment;
}

function parseMoment(text: string, now: Date): Moment | undefined {
  if (text.toLowerCase() === "now") return instant(now.getTime(), true);
  const relative = RELATIVE.exec(text);
  if (relative) {
    const [, sign, digits, unit] = relative;
    return instant(shift(now, Number(digits) * (sign === "-" ? -1 : 1), unit?.toLowerCase() ?? ""), true);
  }
  if (isoDate.safeParse(text).success) {
    const startMs = Date.parse(`${text}T00:00:00Z`);
    return { startMs, endMs: startMs + DAY_MS, isRelative: false };
  }
  return dateTime.safeParse(text).success ? instant(Date.parse(text), false) : undefined;
}

const instant = (startMs: number, isRelative: boolean): Moment => ({ startMs, endMs: startMs + 1, isRelative });

function wholeDay({ startMs }: Moment): { startMs: number; endMs: number } {
  const dayMs = Math.floor(startMs / DAY_MS) * DAY_MS;
  return { startMs: dayMs, endMs: dayMs + DAY_MS };
}

/** Hours, days and weeks are lengths; months and years go by the calendar, and 31 March minus a month is 28 February. */
function shift(now: Date, amount: number, unit: string): number {
  if (unit === "h") return now.getTime() + amount * 3_600_000;
  if (unit === "d") return now.getTime() + amount * DAY_MS;
  if (unit === "w") return now.getTime() + amount * 7 * DAY_MS;
  const moved = new Date(now);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + amount * (unit === "y" ? 12 : 1));
  const lastDay = new Date(moved);
  lastDay.setUTCMonth(lastDay.getUTCMonth() + 1, 0);
  moved.setUTCDate(Math.min(now.getUTCDate(), lastDay.getUTCDate()));
  return moved.getTime();
}
