import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request that changes something with a cookie comes from our own pages. Browsers send `Origin` with every
 * such request; one without it, or from elsewhere, is a forgery. Keys are not sent by browsers on their own and need none.
 */
export function isSameOrigin(appUrl: string, headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origin === "null") return false;
  if (origin === appUrl) return true;
  // The same server under its other local name (127.0.0.1 for localhost); a page elsewhere cannot choose our Host.
  if (host === undefined || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.host === host.toLowerCase() && url.protocol === new URL(appUrl).protocol;
}

/** Verbs that change nothing by their definition (RFC 9110, 9.2.1). */
export const isSafeMethod = (method: string | undefined): boolean =>
  method === "GET" || method === "HEAD" || method === "OPTIONS";
