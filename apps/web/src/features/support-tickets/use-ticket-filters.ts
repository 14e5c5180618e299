import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ListState } from "~/client/list-state";
import { PRIORITY_NAMES, STATUS_NAMES, TYPE_NAMES } from "./ticket-words";

const SORTS = ["votes", "newest"] as const;
export type TicketSort = (typeof SORTS)[number];

/** What narrows and orders the board. The address holds it. */
export function useTicketFilters(list: ListState) {
  const [url, setUrl] = useQueryStates({
    status: parseAsStringLiteral(STATUS_NAMES),
    type: parseAsStringLiteral(TYPE_NAMES),
    priority: parseAsStringLiteral(PRIORITY_NAMES),
    mine: parseAsBoolean,
    sort: parseAsStringLiteral(SORTS).withDefault("votes"),
  });
  const { sort, status, type, priority, mine } = url;
  const change = (next: Partial<{ [Key in keyof typeof url]: (typeof url)[Key] | null }>) => {
    list.setPage(1);
    void setUrl(next);
  };
  return {
    ...url,
    change,
    clear: () => {
      list.setSearchText("");
      change({ status: null, type: null, priority: null, mine: null });
    },
    isFiltered: Boolean(list.search || status || type || priority || mine),
    input: {
      page: list.page,
      pageSize: list.pageSize,
      sort,
      ...(list.search && { search: list.search }),
      ...(status && { status }),
      ...(type && { type }),
      ...(priority && { priority }),
      ...(mine && { mine }),
    },
  };
}
export type TicketFilters = ReturnType<typeof useTicketFilters>;
