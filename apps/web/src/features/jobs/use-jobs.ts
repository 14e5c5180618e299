import type { JobStatus } from "@hustings/contracts/jobs";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { useDebounced } from "~/client/debounced";

export const VIEWS = ["runs", "events", "functions"] as const;
export const STATUSES = ["waiting", "running", "completed", "failed", "cancelled"] as const satisfies JobStatus[];
/** How far back, in hours. */
export const SPANS = { "1h": 1, "24h": 24, "7d": 168 } as const;
export type Span = keyof typeof SPANS;

const SEARCH_DELAY_MS = 250;
const HOUR_MS = 3_600_000;

/** What the page shows: which list, how filtered, what is open. The address holds it all. */
export function useJobs() {
  const [url, setUrl] = useQueryStates({
    view: parseAsStringLiteral(VIEWS).withDefault("runs"),
    status: parseAsStringLiteral(STATUSES),
    fn: parseAsString,
    since: parseAsStringLiteral(Object.keys(SPANS) as Span[]),
    q: parseAsString.withDefault(""),
    open: parseAsString,
    step: parseAsString,
  });
  const [searchText, setSearchText] = useState(url.q);
  const search = useDebounced(searchText.trim(), SEARCH_DELAY_MS);
  useEffect(() => {
    if (search !== url.q) void setUrl({ q: search || null });
  }, [search]);
  const hours = url.since && SPANS[url.since];
  // To the minute, so that the question stays the same between two looks.
  const since = hours ? new Date(Math.floor(Date.now() / 60_000) * 60_000 - hours * HOUR_MS).toISOString() : null;
  return {
    view: url.view,
    status: url.status,
    functionId: url.fn,
    span: url.since,
    search: url.q,
    searchText,
    setSearchText,
    openId: url.open,
    stepId: url.step,
    /** As the API takes it. */
    filter: {
      ...(url.status ? { status: url.status } : {}),
      ...(url.fn ? { functionId: url.fn } : {}),
      ...(since ? { since } : {}),
    },
    isFiltered: url.status !== null || url.fn !== null || url.since !== null || url.q !== "",
    setView: (view: (typeof VIEWS)[number]) => {
      setSearchText("");
      void setUrl({ view, q: null, open: null, step: null }, { history: "push" });
    },
    setStatus: (status: JobStatus | null) => void setUrl({ status }),
    setFunction: (fn: string | null) => void setUrl({ fn }),
    setSpan: (since: Span | null) => void setUrl({ since }),
    open: (open: string | null) => void setUrl({ open, step: null }, { history: "push" }),
    openStep: (step: string | null) => void setUrl({ step }),
    /** Another list, already narrowed: the runs of a function, an event by its id. */
    show: (next: { view: (typeof VIEWS)[number]; search?: string; functionId?: string; open?: string }) => {
      setSearchText(next.search ?? "");
      void setUrl(
        {
          view: next.view,
          q: next.search || null,
          fn: next.functionId ?? null,
          open: next.open ?? null,
          status: null,
          since: null,
          step: null,
        },
        { history: "push" },
      );
    },
    clearFilters: () => {
      setSearchText("");
      void setUrl({ status: null, fn: null, since: null, q: null });
    },
  };
}
export type Jobs = ReturnType<typeof useJobs>;
