import { useMemo } from "react";
import type { ListState } from "./list-state";

export type ClientListOptions<Row, Sort extends string> = {
  /** The words that the search looks through. */
  toText: (row: Row) => string;
  /** What each sort compares; empty values go last. */
  sortValues: Record<Sort, (row: Row) => string | number | null | undefined>;
};

/**
 * Searches, sorts and pages a list that the server gives whole (tags, fields, segments), in the ways of `useListState`,
 * so that its table is used like every other.
 */
export function useClientList<Row, Sort extends string>(
  rows: readonly Row[] | undefined,
  list: ListState<Sort>,
  { toText, sortValues }: ClientListOptions<Row, Sort>,
) {
  const { search, sortBy, sortOrder, page, pageSize } = list;
  // The accessors are constants of the caller, made anew on each render.
  const matching = useMemo(
    () => rows && arrange(rows, { search, compare: sortValues[sortBy], sortOrder, toText }),
    [rows, search, sortBy, sortOrder],
  );
  return { total: matching?.length, rows: matching?.slice((page - 1) * pageSize, page * pageSize) };
}

type Arrangement<Row> = {
  search: string;
  compare: (row: Row) => string | number | null | undefined;
  sortOrder: "asc" | "desc";
  toText: (row: Row) => string;
};

/** The rows that hold every word of the search, in order. */
export function arrange<Row>(rows: readonly Row[], { search, compare, sortOrder, toText }: Arrangement<Row>): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const direction = sortOrder === "asc" ? 1 : -1;
  return rows
    .filter((row) => {
      const text = toText(row).toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => {
      const [x, y] = [compare(a), compare(b)];
      if (isEmpty(x) || isEmpty(y)) return Number(isEmpty(x)) - Number(isEmpty(y));
      if (typeof x === "number" && typeof y === "number") return direction * (x - y);
      return direction * String(x).localeCompare(String(y), undefined, { numeric: true, sensitivity: "base" });
    });
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === "";
