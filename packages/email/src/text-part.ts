import { compile } from "html-to-text";
import { breakBraces } from "./braces";

/** The class of the hidden preheader, which the text part leaves out. */
export const PREHEADER_CLASS = "hustings-preheader";

const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"];

const convert = compile({
  // Unwrapped: the transfer encoding breaks lines, and a reader wraps them to its width.
  wordwrap: false,
  // The library's own list has the zero-width space, which `breakBraces` relies on.
  whitespaceCharacters: " \t\r\n\f",
  limits: { maxDepth: 250, maxInputLength: 8_000_000 },
  formatters: {
    alternative: (element, _walk, builder) => {
      const alternative = (element.attribs as Record<string, string> | undefined)?.alt;
      if (alternative) builder.addInline(alternative);
    },
  },
  selectors: [
    // RFC 3986 appendix C: angle brackets delimit a URL in plain text.
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, linkBrackets: ["<", ">"], noAnchorUrl: true } },
    { selector: "img", format: "alternative" },
    ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: `div.${PREHEADER_CLASS}`, format: "skip" },
  ],
});

/** The plain text of an HTML document: links written out, images as their alternative text. */
export function convertToText(html: string): string {
  return breakBraces(tidyText(convert(html)), "text");
}

/** Removes what a template leaves behind: addresses that turned out empty, blank lines, white space at the end of lines. */
export function tidyText(text: string): string {
  return text
    .replace(/ ?<>/g, "")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
