/** Writes lines for the operator to standard output. */
export type Print = (line: string) => void;

/** Columns side by side, as wide as their longest value. */
export function printTable(print: Print, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...rows])
    print(
      row
        .map((value, column) => value.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
