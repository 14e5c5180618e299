const two = (value: number) => String(value).padStart(2, "0");

/** A time as `<input type="datetime-local">` wants it, in the viewer's zone: `2026-11-24T09:00`. */
export const toLocalInput = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;

/** The moment that the viewer means; null while the field is not filled. */
export function fromLocalInput(text: string): Date | null {
  // Without an offset the standard reads a date with a time in the local zone.
  const date = new Date(text);
  return text === "" || Number.isNaN(date.getTime()) ? null : date;
}

/** `Tue 24 Nov, 09:00` on the clocks of another zone. */
export const formatInZone = (date: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(date);
