import type { RestHandler } from "@hustings/api/rest/handler";
import type { RouteMatch } from "@hustings/api/rest/routes";

/** Which part of the server answers a request. */
export type Destination =
  | { kind: "rest"; match: RouteMatch & { kind: "found" } }
  | { kind: "wrongMethod"; allow: readonly string[] }
  | { kind: "trpc"; procedures: string }
  | { kind: "metrics" }
  /** NextAuth's own paths: its errors are its own. */
  | { kind: "signIn" }
  | { kind: "unknownApi" }
  /** Files that Next built; they never change under one name. */
  | { kind: "asset" }
  | { kind: "page" };

const TRPC = "/api/trpc/";

/** Nothing under `/api` but NextAuth's paths ever reaches Next. */
export function findDestination(matchRest: RestHandler["match"], method: string, pathname: string): Destination {
  if (pathname.startsWith("/_next/static/")) return { kind: "asset" };
  if (pathname === "/metrics") return { kind: "metrics" };
  if (pathname.startsWith(TRPC)) return { kind: "trpc", procedures: pathname.slice(TRPC.length) };
  const match = matchRest(method, pathname);
  if (match) return match.kind === "found" ? { kind: "rest", match } : match;
  if (pathname.startsWith("/api/auth/") && !isGmail(pathname)) return { kind: "signIn" };
  return pathname === "/api" || pathname.startsWith("/api/") ? { kind: "unknownApi" } : { kind: "page" };
}

const isGmail = (pathname: string) => pathname === "/api/auth/gmail" || pathname.startsWith("/api/auth/gmail/");

/** The pattern of a destination, for logs and metrics: addresses in it would be without number, and may hold tokens. */
export function routeName(destination: Destination): string {
  if (destination.kind === "rest") return destination.match.operation.path;
  if (destination.kind === "trpc")
    return destination.procedures.includes(",")
      ? "trpc batch"
      : `trpc ${/^[\w.]{1,60}$/.exec(destination.procedures)?.[0] ?? "?"}`;
  return destination.kind;
}
