import type { Condition } from "@hustings/contracts/filter";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { readConditions, toFilterText } from "~/client/filter-text";

/** What narrows the list beside the search. */
export type ContactFilters = { tagId?: string; segmentId?: string; filter?: string };

/**
 * The tag, the segment and the conditions that the list is narrowed to; the address holds them. A change starts at the
 * first page.
 */
export function useContactFilters() {
  const [url, setUrl] = useQueryStates({
    tag: parseAsString,
    segment: parseAsString,
    filter: parseAsString,
    page: parseAsInteger,
  });
  const filters: ContactFilters = {
    ...(url.tag ? { tagId: url.tag } : {}),
    ...(url.segment ? { segmentId: url.segment } : {}),
    ...(url.filter ? { filter: url.filter } : {}),
  };
  return {
    filters,
    /** Null when somebody wrote a filter that cannot be shown one by one. */
    conditions: readConditions(url.filter),
    isFiltered: Boolean(url.tag || url.segment || url.filter),
    scope: `${url.tag ?? ""}|${url.segment ?? ""}|${url.filter ?? ""}`,
    setTag: (tag: string | null) => void setUrl({ tag, page: null }),
    setSegment: (segment: string | null) => void setUrl({ segment, page: null }),
    setConditions: (conditions: readonly Condition[]) => void setUrl({ filter: toFilterText(conditions), page: null }),
    clear: () => void setUrl({ tag: null, segment: null, filter: null, page: null }),
  };
}
export type ContactFilterControl = ReturnType<typeof useContactFilters>;
