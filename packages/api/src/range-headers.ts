import type { ApiContext } from "./context";

/** Tells by `X-Total-Count` of more than a bare array holds; the REST bridge adds `Link: rel="next"` to it. */
export function setRangeHeaders(ctx: ApiContext, total: number): void {
  ctx.out.headers["x-total-count"] = String(total);
}
