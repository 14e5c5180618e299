import type { DeliveryOutcome } from "@hustings/contracts/webhook-deliveries";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useRef } from "react";
import { type ListState, useListState } from "~/client/list-state";
import { trpc } from "~/client/trpc";
import { OUTCOME_NAMES } from "./delivery-words";

const HOUR_MS = 3_600_000;
export const SPANS = {
  hour: { label: "The last hour", ms: HOUR_MS },
  day: { label: "The last 24 hours", ms: 24 * HOUR_MS },
  week: { label: "The last 7 days", ms: 7 * 24 * HOUR_MS },
  month: { label: "The last 30 days", ms: 30 * 24 * HOUR_MS },
} as const;
export type Span = keyof typeof SPANS;
const SPAN_NAMES = Object.keys(SPANS) as Span[];
/** While something waits for its job. */
const POLL_MS = 5_000;

/**
 * The log as the filters in the address ask for it, a page at a time. Pages are walked by where the one before ended,
 * so that nothing slides from one to the next while new deliveries come in.
 */
export function useDeliveries({ isOff }: { isOff: boolean }) {
  const list = useListState({ sorts: ["newest"], defaultOrder: "desc" });
  const [url, setUrl] = useQueryStates({
    outcome: parseAsStringLiteral(OUTCOME_NAMES),
    type: parseAsString,
    since: parseAsStringLiteral(SPAN_NAMES),
    before: parseAsString,
  });
  const from = useMemo(() => url.since && new Date(Date.now() - SPANS[url.since].ms).toISOString(), [url.since]);
  const before = list.page > 1 ? url.before : null;
  const query = trpc.webhookDeliveries.list.useQuery(
    {
      limit: list.pageSize,
      ...(url.outcome && { outcome: url.outcome }),
      ...(url.type && { type: url.type }),
      ...(from && { from }),
      ...(list.search && { search: list.search }),
      ...(before && { before }),
    },
    {
      placeholderData: (shown) => shown,
      enabled: !isOff,
      refetchInterval: ({ state }) =>
        state.data?.deliveries.some(({ outcome }) => outcome === "waiting") ? POLL_MS : false,
    },
  );
  const next = query.data?.next ?? null;
  const pages = usePages(list, before, next, (cursor) => void setUrl({ before: cursor }));
  const change = (filter: { outcome?: DeliveryOutcome | null; type?: string | null; since?: Span | null }) => {
    list.setPage(1);
    void setUrl({ ...filter, before: null });
  };
  const shownBefore = (list.page - 1) * list.pageSize;
  return {
    list: { ...list, setPage: pages },
    query,
    filters: url,
    change,
    isFiltered: Boolean(list.search || url.outcome || url.type || url.since),
    // One more than is shown tells that there is a next page.
    total: query.data && shownBefore + query.data.deliveries.length + Number(next !== null),
    hasMore: next !== null,
  };
}

/** To the page after, or back the way one came; without a way (a reload in the middle) back to the first. */
function usePages(
  list: ListState,
  before: string | null,
  next: string | null,
  setBefore: (cursor: string | null) => void,
) {
  const way = useRef<(string | null)[]>([]);
  return (page: number) => {
    if (page > list.page) way.current.push(before);
    const cursor = page > list.page ? next : (way.current.pop() ?? null);
    setBefore(cursor);
    list.setPage(page > list.page || cursor ? page : 1);
  };
}
