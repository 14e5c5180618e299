/** The path as it was sent (still percent-encoded) and the query of a request. */
export type RequestTarget = { pathname: string; query: URLSearchParams };

/** Reads a request's target in any form HTTP allows: a path, a whole URL, or `*`. */
export function parseRequestTarget(url: string | undefined): RequestTarget {
  const target = url?.startsWith("/") ? url : absolutePath(url);
  const [path = "/", search = ""] = splitOnce(target.split("#", 1)[0] ?? "/", "?");
  return { pathname: path, query: new URLSearchParams(search) };
}

function absolutePath(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return "/";
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
