import type { ReactNode } from "react";

/**
 * One column of a data table. A plain description: TanStack Table would add 14 kB to every list for state that the
 * address and the server hold already.
 */
export type DataColumn<Row> = {
  id: string;
  /** The name in head and column chooser. */
  label: string;
  /** The name is for screen readers only: columns of buttons. */
  isLabelHidden?: boolean;
  cell: (row: Row) => ReactNode;
  /** The API's name for sorting by it; without one it cannot be sorted. */
  sort?: string;
  isNumeric?: boolean;
  /** CSS width in the fixed layout: `22%`, `140px`. */
  width?: string;
  /** Cannot be hidden. */
  isFixed?: boolean;
  isHiddenAtFirst?: boolean;
  /** Makes room for the others below 1200 px. */
  isWideOnly?: boolean;
};

/** For the cells of a column. */
export const columnClass = ({ isWideOnly }: Pick<DataColumn<never>, "isWideOnly">): string | undefined =>
  isWideOnly ? "max-xl:hidden" : undefined;
