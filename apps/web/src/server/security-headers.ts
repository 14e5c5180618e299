import type { ServerResponse } from "node:http";

/**
 * What pages may load. Scripts come from our own files alone: Next's Pages Router writes no inline script, only
 * inert JSON. Styles may be inline (positions computed by menus and charts). Pictures may come from any https
 * address, since a campaign's preview shows the pictures of its author.
 */
const PAGE_POLICY = {
  "default-src": ["'self'"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:", "blob:", "https:"],
  "font-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
  "worker-src": ["'self'", "blob:"],
  "frame-src": ["'self'"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
} as const;

/** Next's development client evaluates code and keeps a socket open for hot reload. */
const DEVELOPMENT = { "script-src": ["'self'", "'unsafe-eval'", "'unsafe-inline'"], "connect-src": ["'self'", "ws:"] };

/** Nothing in an answer of the API is ever a page. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

const YEAR_S = 31_536_000;

export type SecurityHeaders = (res: ServerResponse, kind: "page" | "api") => void;

/** Sets the headers that every response carries; a raw handler may replace the policy of its own page. */
export function createSecurityHeaders(options: { appUrl: string; isDevelopment: boolean }): SecurityHeaders {
  const policy = options.isDevelopment ? { ...PAGE_POLICY, ...DEVELOPMENT } : PAGE_POLICY;
  const pagePolicy = Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
  const isHttps = options.appUrl.startsWith("https://");
  return (res, kind) => {
    res.setHeader("content-security-policy", kind === "page" ? pagePolicy : API_POLICY);
    res.setHeader("x-content-type-options", "nosniff");
    res.setHeader("referrer-policy", "strict-origin-when-cross-origin");
    res.setHeader("x-frame-options", "DENY");
    res.setHeader("cross-origin-opener-policy", "same-origin");
    res.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=()");
    if (isHttps) res.setHeader("strict-transport-security", `max-age=${YEAR_S}; includeSubDomains`);
    if (kind === "api") res.setHeader("cache-control", "no-store");
  };
}
