/** The zone that a schedule without one is kept in. */
const DEFAULT_ZONE = "UTC";
const TIME_ZONE = /^TZ=(\S+)\s+/;

/** A schedule as the two controls show it: `TZ=Europe/Paris 0 9 * * 1` is kept in Europe/Paris. */
export const splitSchedule = (schedule: string): { timeZone: string | null; pattern: string } => ({
  timeZone: TIME_ZONE.exec(schedule)?.[1] ?? null,
  pattern: schedule.replace(TIME_ZONE, ""),
});

/** The schedule as it is saved; empty without a pattern. */
export function joinSchedule(timeZone: string, pattern: string): string {
  if (pattern.trim() === "") return "";
  return timeZone === DEFAULT_ZONE ? pattern : `TZ=${timeZone} ${pattern}`;
}

/** The zone of a saved schedule; of a new one, this browser's. */
export const findTimeZone = (schedule: string | null): string =>
  schedule === null
    ? new Intl.DateTimeFormat().resolvedOptions().timeZone
    : (splitSchedule(schedule).timeZone ?? DEFAULT_ZONE);
