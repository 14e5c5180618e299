import { useInfiniteQuery } from "@tanstack/react-query";

/** Who has gone far down reads; asking for so many pages every few seconds would cost more than it shows. */
const LIVE_PAGES = 3;

export type KeysetPagesOptions<Page extends { nextCursor: string | null }> = {
  /** Router and procedure, so that invalidating the router reaches it. */
  procedure: readonly [router: string, procedure: string];
  /** What is asked for, without the cursor. */
  input: unknown;
  fetchPage: (cursor: string | undefined) => Promise<Page>;
  /** How often the pages that are open are looked at again. */
  everyMs: number;
};

/**
 * A list that grows at its head and is read page after page towards its end. tRPC's own hook sends a property that strict
 * inputs refuse.
 */
export function useKeysetPages<Page extends { nextCursor: string | null }>({
  procedure,
  input,
  fetchPage,
  everyMs,
}: KeysetPagesOptions<Page>) {
  return useInfiniteQuery({
    queryKey: [procedure, { input, type: "pages" }],
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= LIVE_PAGES ? everyMs : false),
  });
}
