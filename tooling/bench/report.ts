/** What a measure has to hold: bounds on the ratio, and on its own median. */
export type Target = { atLeast?: number; atMost?: number; maxMs?: number };

/** One line of the table. */
export type Row = {
  /** Number of the target it belongs to; empty for a figure beside them. */
  number: string;
  measure: string;
  /** What was measured, with its unit. */
  measured: string;
  /** What it is compared with in the same run, with its unit. */
  limit: string;
  ratio: number | null;
  /** Median of the measure, where its target bounds that too. */
  ms?: number;
  /** Null: a figure without a target. */
  target: Target | null;
  /** Replaces the verdict where something else decides. */
  verdict?: string;
};

/** A time of the table. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** A rate of the table. */
export const perSecond = (count: number, elapsedMs: number, unit: string): string =>
  `${Math.round((count / elapsedMs) * 1_000).toLocaleString("en")} ${unit}/s`;

/** Whether the target holds; null without one. */
export function isHeld({ ratio, ms: own, target }: Row): boolean | null {
  if (!target) return null;
  const { atLeast, atMost, maxMs } = target;
  if (ratio !== null && atLeast !== undefined && ratio < atLeast) return false;
  if (ratio !== null && atMost !== undefined && ratio > atMost) return false;
  return !(maxMs !== undefined && own !== undefined && own > maxMs);
}

const HEADINGS = ["#", "Measure", "Measured", "Limit in the same run", "Ratio", "Target", "Verdict"];

/** The rows as a Markdown table with aligned columns. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.number,
    row.measure,
    row.measured,
    row.limit,
    row.ratio === null ? "–" : formatRatio(row.ratio),
    formatTarget(row.target),
    verdictOf(row),
  ]);
  const widths = HEADINGS.map((heading, index) =>
    Math.max(...[heading, ...cells.map((row) => row[index] ?? "")].map((text) => text.length)),
  );
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, index) => text.padEnd(widths[index] ?? 0)).join(" | ")} |`;
  return [line(HEADINGS), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}

const formatRatio = (ratio: number): string =>
  ratio >= 10 ? `${Math.round(ratio).toLocaleString("en")}×` : `${ratio.toFixed(2)}×`;

function formatTarget(target: Target | null): string {
  if (!target) return "–";
  const { atLeast, atMost, maxMs } = target;
  return [atLeast && `≥ ${atLeast}×`, atMost && `≤ ${atMost}×`, maxMs && `≤ ${maxMs} ms`].filter(Boolean).join(", ");
}

function verdictOf(row: Row): string {
  if (row.verdict) return row.verdict;
  const held = isHeld(row);
  return held === null ? "–" : held ? "held" : "missed";
}
