import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";

/** What narrows the list beside the search. */
export type ContactFilters = { tagId?: string; segmentId?: string };

/** The tag and the segment that the list is narrowed to; the address holds them. A change starts at the first page. */
export function useContactFilters() {
  const [url, setUrl] = useQueryStates({ tag: parseAsString, segment: parseAsString, page: parseAsInteger });
  const filters: ContactFilters = {
    ...(url.tag ? { tagId: url.tag } : {}),
    ...(url.segment ? { segmentId: url.segment } : {}),
  };
  return {
    filters,
    isFiltered: Boolean(url.tag || url.segment),
    scope: `${url.tag ?? ""}|${url.segment ?? ""}`,
    setTag: (tag: string | null) => void setUrl({ tag, page: null }),
    setSegment: (segment: string | null) => void setUrl({ segment, page: null }),
    clear: () => void setUrl({ tag: null, segment: null, page: null }),
  };
}
export type ContactFilterControl = ReturnType<typeof useContactFilters>;
