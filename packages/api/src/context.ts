import type { CoreContext, Principal } from "@hustings/core/context";

/** What a request brings along; made by web's server, by the worker for scripts, and by tests. */
export type ApiContext = {
  source: "trpc" | "rest" | "caller";
  core: CoreContext;
  /** Lower-cased names, as Node gives them. */
  headers: Record<string, string | undefined>;
  /** Path and query as asked for, `/api/tags?limit=10`. REST only. */
  url?: string;
  /** Who asks, or null. A bad API key never gets here: it is 401 on every path. */
  principal: Principal | null;
  /** Every condition of `ANONYMOUS_API=local` holds for this request. */
  isAnonymousAllowed: boolean;
  /** The bytes as they came, for signatures. REST only. */
  rawBody?: Buffer;
  /** What a procedure adds to the HTTP answer. */
  out: { status?: number; headers: Record<string, string> };
};
