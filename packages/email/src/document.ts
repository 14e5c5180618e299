import type { Markup } from "./markup";
import { PREHEADER_CLASS } from "./text-part";

/** Fills the line that an inbox shows after a short preheader, so that it does not show the body's beginning. */
const FILLER = "&#847;&zwnj;&nbsp;".repeat(60);

/** Escaped like any output; the name is reserved in the scope of every template. */
const PREHEADER = `<div class="${PREHEADER_CLASS}" style="display:none!important;max-height:0;overflow:hidden;mso-hide:all">{{ hustings.preheader }}${FILLER}</div>`;

/** Makes a whole document of a body, and puts the preheader first in it. A body that is a document stays as it is. */
export function buildDocument(body: string, markup: Markup, hasPreheader: boolean): string {
  const preheader = hasPreheader ? PREHEADER : "";
  const find = (name: string) => markup.elements.find((element) => element.name === name);
  if (!find("html") && !find("body")) {
    return `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n</head>\n<body>\n${preheader}${body}\n</body>\n</html>\n`;
  }
  const at = find("body")?.openEnd ?? endOfHead(body, find("head")?.contentEnd ?? null) ?? find("html")?.openEnd ?? 0;
  return body.slice(0, at) + preheader + body.slice(at);
}

function endOfHead(body: string, contentEnd: number | null): number | null {
  if (contentEnd === null) return null;
  const closing = /^<\/head\s*>/i.exec(body.slice(contentEnd, contentEnd + 100));
  return closing ? contentEnd + closing[0].length : null;
}
