const whole = new Intl.NumberFormat("en-GB");
const percents = new Map<number, Intl.NumberFormat>();

/** `38214` → `38,214`. */
export const formatCount = (count: number): string => whole.format(count);

/** `1, "person", "people"` → `1 person`; `4812` → `4,812 people`. */
export const formatCountOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/**
 * Part of a whole in percent: `18.4%`, `0.04%`, `100%`. `–` of nothing.
 *
 * Below 0.1 % two digits, and never rounded to 0 or 100 when it is not that.
 */
export function formatShare(part: number, of: number): string {
  if (of === 0) return "–";
  const share = part / of;
  if (part === 0 || part === of) return `${Math.round(share * 100)}%`;
  const digits = share < 0.001 || share > 0.999 ? 2 : 1;
  let format = percents.get(digits);
  if (!format) {
    format = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: digits });
    percents.set(digits, format);
  }
  const text = format.format(share);
  if (text === "0%") return "<0.01%";
  return text === "100%" ? ">99.99%" : text;
}

/** Size of a file or body: `14 kB`, `1.2 MB` (decimal, as mail providers count). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
