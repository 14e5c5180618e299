/** What makes a spreadsheet take a cell for a formula: `= + - @`, TAB, CR, and what Excel takes for the first four. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * A cell that no spreadsheet takes for a formula: an apostrophe goes before it. So does one before a text that begins
 * with an apostrophe and looks guarded already, so that `unguardFormula` gives back what was there.
 */
export const guardFormula = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** A cell as it was meant: the apostrophe that keeps it from being a formula goes. */
export const unguardFormula = (cell: string): string =>
  cell.charCodeAt(0) === 39 && FORMULA.test(cell) ? cell.slice(1) : cell;
