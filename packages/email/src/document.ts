import type { Markup, MarkupElement } from "./markup";
import { PREHEADER_CLASS } from "./text-part";

/** Fills the line that an inbox shows after a short preheader, so that it does not show the body's beginning. */
const FILLER = "&#847;&zwnj;&nbsp;".repeat(60);

/** Escaped like any output; the name is reserved in the scope of every template. */
const PREHEADER = `<div class="${PREHEADER_CLASS}" style="display:none!important;max-height:0;overflow:hidden;mso-hide:all">{{ hustings.preheader }}${FILLER}</div>`;

/** The sender's postal address, where the body does not say it: small, and plain enough for every mail program. */
const FOOTER = `<p style="margin:24px 0 0;font-size:12px;line-height:1.5;color:#595959">{{ postalAddress }}</p>`;

/** What is added to a body. */
export type DocumentParts = { hasPreheader: boolean; hasFooter?: boolean };

/**
 * Makes a whole document of a body, puts the preheader first in it and the sender's postal address last. A body that is
 * a document stays as it is.
 */
export function buildDocument(body: string, markup: Markup, { hasPreheader, hasFooter }: DocumentParts): string {
  const preheader = hasPreheader ? PREHEADER : "";
  const footer = hasFooter ? FOOTER : "";
  const find = (name: string) => markup.elements.find((element) => element.name === name);
  if (!find("html") && !find("body")) {
    return `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n</head>\n<body>\n${preheader}${body}\n${footer}</body>\n</html>\n`;
  }
  const at = find("body")?.openEnd ?? endOfHead(body, find("head")?.contentEnd ?? null) ?? find("html")?.openEnd ?? 0;
  const end = [find("body"), find("html")].flatMap((element) => endOf(body, element)).at(0) ?? body.length;
  return body.slice(0, at) + preheader + body.slice(at, end) + footer + body.slice(end);
}

/** Where an element is closed, unless the parser closed it by itself: at the end, or before what cannot stand in it. */
function endOf(body: string, element: MarkupElement | undefined): number[] {
  const at = element?.contentEnd ?? null;
  return at !== null && /^<\/(?:body|html)\s*>/i.test(body.slice(at, at + 100)) ? [at] : [];
}

function endOfHead(body: string, contentEnd: number | null): number | null {
  if (contentEnd === null) return null;
  const closing = /^<\/head\s*>/i.exec(body.slice(contentEnd, contentEnd + 100));
  return closing ? contentEnd + closing[0].length : null;
}
