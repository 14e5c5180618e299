import type { AppRouter } from "@hustings/api/router";
import { MutationCache, QueryCache } from "@tanstack/react-query";
import { httpBatchLink } from "@trpc/client";
import { createTRPCNext } from "@trpc/next";
import type { inferRouterOutputs } from "@trpc/server";
import superjson from "superjson";
import { readCallError } from "./errors";
import { workspaceHeaders } from "./workspace-header";

/** What each procedure gives: `RouterOutputs["tags"]["list"]`. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;

/** Longer addresses are cut by some proxies; the link then sends several requests. */
const MAX_URL_LENGTH = 6000;
const RETRIED_CODES = ["NETWORK", "SERVICE_UNAVAILABLE"];

/** A session that ended is the same for every query: sign in, then come back here. */
function leaveWhenSignedOut(error: unknown) {
  if (readCallError(error).code !== "UNAUTHORIZED" || window.location.pathname === "/sign-in") return;
  const next = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`);
}

/** The API, as hooks: `trpc.tags.list.useQuery({})`. */
export const trpc = createTRPCNext<AppRouter>({
  ssr: false,
  transformer: superjson,
  config: () => ({
    links: [
      httpBatchLink({
        url: "/api/trpc",
        transformer: superjson,
        maxURLLength: MAX_URL_LENGTH,
        headers: workspaceHeaders,
      }),
    ],
    queryClientConfig: {
      queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
      mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
      defaultOptions: {
        queries: {
          staleTime: 10_000,
          retry: (count, error) => count < 2 && RETRIED_CODES.includes(readCallError(error).code),
        },
      },
    },
  }),
});
