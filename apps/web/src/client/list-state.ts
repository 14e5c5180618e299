import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { useDebounced } from "./debounced";

/** After the last key, before the address and the server hear of it. */
const SEARCH_DELAY_MS = 250;

export type SortOrder = "asc" | "desc";

export type ListStateOptions<Sort extends string> = {
  /** What the list can be sorted by: the values of the API. */
  sorts: readonly [Sort, ...Sort[]];
  /** Default: the first of `sorts`. */
  defaultSort?: Sort;
  defaultOrder?: SortOrder;
  pageSize?: number;
};

/** Page, sorting and search of one list. The address holds them: a link or a reload shows the same. */
export type ListState<Sort extends string = string> = {
  page: number;
  pageSize: number;
  sortBy: Sort;
  sortOrder: SortOrder;
  /** What is searched for: 250 ms behind the keys. */
  search: string;
  /** What stands in the search box right now. */
  searchText: string;
  setSearchText: (text: string) => void;
  setPage: (page: number) => void;
  /** Sorts by a column; once more turns it around. A name that is not among `sorts` does nothing. */
  toggleSort: (sort: string) => void;
  /** For procedures that page: `trpc.contacts.list.useQuery(list.input)`. */
  input: { page: number; pageSize: number; sortBy: Sort; sortOrder: SortOrder; search?: string };
};

export function useListState<Sort extends string>({
  sorts,
  defaultSort,
  defaultOrder = "asc",
  pageSize = 50,
}: ListStateOptions<Sort>): ListState<Sort> {
  const [url, setUrl] = useQueryStates({
    page: parseAsInteger.withDefault(1),
    sort: parseAsString.withDefault(defaultSort ?? sorts[0]),
    order: parseAsStringLiteral(["asc", "desc"] as const).withDefault(defaultOrder),
    q: parseAsString.withDefault(""),
  });
  const [searchText, setSearchText] = useSearchText(url.q, (q) => void setUrl({ q: q || null, page: null }));
  const page = Math.max(1, url.page);
  // The address is anybody's to write.
  const sortBy = sorts.find((sort) => sort === url.sort) ?? defaultSort ?? sorts[0];
  return {
    page,
    pageSize,
    sortBy,
    sortOrder: url.order,
    search: url.q,
    searchText,
    setSearchText,
    setPage: (next) => void setUrl({ page: next }, { history: "push" }),
    toggleSort: (name) => {
      const sort = sorts.find((candidate) => candidate === name);
      if (sort) void setUrl({ ...nextSort({ sort: sortBy, order: url.order }, sort), page: null });
    },
    input: { page, pageSize, sortBy, sortOrder: url.order, ...(url.q ? { search: url.q } : {}) },
  };
}

/** Another column starts ascending, the same one turns around. */
export function nextSort<Sort extends string>(
  now: { sort: Sort; order: SortOrder },
  sort: Sort,
): { sort: Sort; order: SortOrder } {
  return { sort, order: now.sort === sort && now.order === "asc" ? "desc" : "asc" };
}

/** The box follows the keys at once and the address after a pause; Back changes the box too. */
function useSearchText(searched: string, search: (text: string) => void) {
  const [text, setText] = useState(searched);
  const sent = useRef(searched);
  const settled = useDebounced(text, SEARCH_DELAY_MS);
  // Acts on what was typed, not on what came back.
  useEffect(() => {
    const wanted = settled.trim();
    if (wanted === sent.current) return;
    sent.current = wanted;
    search(wanted);
  }, [settled]);
  useEffect(() => {
    if (searched === sent.current) return;
    sent.current = searched;
    setText(searched);
  }, [searched]);
  return [text, setText] as const;
}
