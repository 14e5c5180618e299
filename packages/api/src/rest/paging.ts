/**
 * `</api/tags?offset=50>; rel="next"` (RFC 8288) for a bare array that goes on, or undefined. A procedure says by
 * `X-Total-Count` how many there are; the reference promises the link for every such list.
 */
export function nextPageLink(url: string, query: URLSearchParams, total: number, answer: unknown): string | undefined {
  if (!Array.isArray(answer) || answer.length === 0) return undefined;
  const nextOffset = Number(query.get("offset") ?? 0) + answer.length;
  if (!(nextOffset < total)) return undefined;
  const next = new URLSearchParams(query);
  next.set("offset", String(nextOffset));
  return `<${url.split("?", 1)[0]}?${next}>; rel="next"`;
}
