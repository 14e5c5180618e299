import type { ColumnDef, RowData } from "@tanstack/react-table";

declare module "@tanstack/react-table" {
  // biome-ignore lint/correctness/noUnusedVariables: the names must be those of the library
  interface ColumnMeta<TData extends RowData, TValue> {
    /** The name in head and column chooser. */
    label: string;
    /** The name is for screen readers only: columns of buttons. */
    isLabelHidden?: boolean;
    /** The API's name for sorting by it; without one it cannot be sorted. */
    sort?: string;
    isNumeric?: boolean;
    /** CSS width in the fixed layout: `22%`, `140px`. */
    width?: string;
    /** Cannot be hidden. */
    isFixed?: boolean;
    isHiddenAtFirst?: boolean;
  }
}

export type DataColumn<Row> = ColumnDef<Row, unknown>;

export type ColumnOptions<Row> = {
  id: string;
  label: string;
  isLabelHidden?: boolean;
  cell: (row: Row) => React.ReactNode;
  sort?: string;
  isNumeric?: boolean;
  width?: string;
  isFixed?: boolean;
  isHiddenAtFirst?: boolean;
};

/** One column of a data table. */
export function column<Row>({ id, cell, ...meta }: ColumnOptions<Row>): DataColumn<Row> {
  return { id, header: meta.label, cell: ({ row }) => cell(row.original), meta };
}
