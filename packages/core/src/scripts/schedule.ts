import { Cron } from "croner";

const TIME_ZONE = /^TZ=(\S+)\s+/;
const FIELDS = 5;

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
  const timeZone = TIME_ZONE.exec(schedule)?.[1] ?? "UTC";
  const pattern = schedule.replace(TIME_ZONE, "").trim();
  if (pattern.split(/\s+/).length !== FIELDS)
    throw new ScheduleError("must have five fields: minute, hour, day, month, day of the week");
  if (!isTimeZone(timeZone)) throw new ScheduleError(`knows no time zone ${timeZone}`);
  const next = readPattern(pattern, timeZone).nextRun(after);
  if (!next) throw new ScheduleError("never comes");
  return next;
}

function readPattern(pattern: string, timezone: string): Cron {
  try {
    return new Cron(pattern, { timezone, paused: true });
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
