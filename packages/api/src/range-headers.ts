import type { Range } from "@hustings/contracts/primitives";
import type { ApiContext } from "./context";

/** Tells of more than a bare array holds: `X-Total-Count`, and `Link: rel="next"` to the same list further on. */
export function setRangeHeaders(ctx: ApiContext, input: Range, total: number): void {
  ctx.out.headers["x-total-count"] = String(total);
  const nextOffset = input.offset + input.limit;
  if (nextOffset >= total) return;
  const next = new URL(ctx.url ?? "/", ctx.core.settings.appUrl);
  next.searchParams.set("limit", String(input.limit));
  next.searchParams.set("offset", String(nextOffset));
  ctx.out.headers.link = `<${next.href}>; rel="next"`;
}
