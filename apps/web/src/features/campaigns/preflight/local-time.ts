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
