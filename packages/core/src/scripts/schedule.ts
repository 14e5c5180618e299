import type { ScriptCheck } from "@hustings/contracts/scripts";
import { Cron } from "croner";
import cronstrue from "cronstrue";

const TIME_ZONE = /^TZ=(\S+)\s+/;
const FIELDS = 5;
const SHOWN_TIMES = 5;

/** A schedule that cannot be kept; the message ends a sentence that begins with its field. */
export class ScheduleError extends Error {
  override readonly name = "ScheduleError";
}

/**
 * When a schedule is due next after a moment: five fields of cron, in UTC or in the zone named by `TZ=Europe/Paris ` before
 * them.
 *
 * @throws ScheduleError when it does not parse, names no time zone that is known, or never comes.
 */
export function findNextRun(schedule: string, after: Date): Date {
  const next = readSchedule(schedule).nextRun(after);
  if (!next) throw new ScheduleError("never comes");
  return next;
}

/** A schedule in words with its next times after a moment, or what is wrong with it. */
export function describeSchedule(schedule: string, after: Date): NonNullable<ScriptCheck["schedule"]> {
  const { pattern, timeZone } = splitSchedule(schedule);
  try {
    findNextRun(schedule, after);
    const times = readSchedule(schedule).nextRuns(SHOWN_TIMES, after);
    return { problem: null, words: sayPattern(pattern), timeZone, times: times.map((time) => time.toISOString()) };
  } catch (error) {
    if (error instanceof ScheduleError) return { problem: error.message, words: null, timeZone, times: [] };
    throw error;
  }
}

/** Null for a pattern that can be kept and that the library cannot say. */
function sayPattern(pattern: string): string | null {
  try {
    return cronstrue.toString(pattern, { use24HourTimeFormat: true });
  } catch {
    return null;
  }
}

const splitSchedule = (schedule: string): { pattern: string; timeZone: string } => ({
  pattern: schedule.replace(TIME_ZONE, "").trim(),
  timeZone: TIME_ZONE.exec(schedule)?.[1] ?? "UTC",
});

function readSchedule(schedule: string): Cron {
  const { pattern, timeZone } = splitSchedule(schedule);
  if (pattern.split(/\s+/).length !== FIELDS)
    throw new ScheduleError("must have five fields: minute, hour, day, month, day of the week");
  if (!isTimeZone(timeZone)) throw new ScheduleError(`knows no time zone ${timeZone}`);
  try {
    return new Cron(pattern, { timezone: timeZone, paused: true });
  } catch {
    throw new ScheduleError("is no schedule: minute, hour, day, month, day of the week, like 0 9 * * 1");
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
