/** The addresses that a reader could click, each once; ways to unsubscribe last, for they are no content. */
export function listLinks(html: string): string[] {
  const page = new DOMParser().parseFromString(html, "text/html");
  const all = [...page.querySelectorAll("a[href]")]
    .map((link) => link.getAttribute("href") ?? "")
    .filter((href) => /^https?:\/\//.test(href) && URL.canParse(href));
  const isLeaving = (href: string) => /\/(unsubscribe|preferences)\b/.test(href);
  return [...new Set([...all.filter((href) => !isLeaving(href)), ...all.filter(isLeaving)])];
}
