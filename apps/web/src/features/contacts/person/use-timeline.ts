import type { Interaction } from "@hustings/contracts/interactions";
import { useState } from "react";
import { trpc } from "~/client/trpc";

const PAGE_SIZE = 50;

/** What happened with a person, newest first; `loadMore` adds the page before. */
export function useTimeline(contactId: string) {
  const [pages, setPages] = useState(1);
  const queries = trpc.useQueries((t) =>
    Array.from({ length: pages }, (_, index) =>
      t.interactions.list({ id: contactId, page: index + 1, pageSize: PAGE_SIZE }),
    ),
  );
  const first = queries[0];
  const entries = queries.flatMap(({ data }) => data?.interactions ?? []);
  return {
    // Pages shift when something is written meanwhile; nothing may stand there twice.
    entries: first?.data && [...new Map(entries.map((entry): [string, Interaction] => [entry.id, entry])).values()],
    hasMore: (first?.data?.total ?? 0) > pages * PAGE_SIZE,
    isLoadingMore: queries.some(({ isFetching }) => isFetching),
    loadMore: () => setPages(pages + 1),
    error: queries.find(({ error }) => error)?.error ?? null,
    retry: () => queries.forEach((query) => void query.refetch()),
  };
}
