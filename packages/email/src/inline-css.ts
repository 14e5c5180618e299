import { createRequire } from "node:module";
import { TemplateError } from "./template-error";

const require = createRequire(import.meta.url);

/** Loaded when a body is compiled: with all that it needs it is a fifth of what web or a worker takes to start. */
function loadJuice(): typeof import("juice") {
  const juice: typeof import("juice") = require("juice");
  // It would guard `<%…%>` and `{{…}}` by itself, in quadratic time; templates are guarded before they come here.
  for (const name of Object.keys(juice.codeBlocks)) delete juice.codeBlocks[name];
  return juice;
}

/** A selector is matched against every element: more than this is about a second of work. */
const MAX_MATCHES = 1_000_000;
const MAX_STYLE_SHEET_CHARACTERS = 200_000;

/**
 * Copies the rules of `<style>` elements to the elements they match, since many mail clients drop style sheets. What
 * cannot be inlined stays in a `<style>`: media queries, fonts, animations, `:hover`. Nothing is loaded from anywhere.
 *
 * @throws TemplateError `limit` when the style sheet is too large for the body, `content` when it is broken.
 */
export function inlineCss(html: string, size: { styleSheet: string; elementCount: number }): string {
  const selectorCount = (size.styleSheet.match(/[{,]/g) ?? []).length;
  if (size.styleSheet.length > MAX_STYLE_SHEET_CHARACTERS || selectorCount * size.elementCount > MAX_MATCHES) {
    throw new TemplateError(
      "body",
      "limit",
      `The style sheet is too large: about ${selectorCount} rules for ${size.elementCount} elements.`,
    );
  }
  const juice = loadJuice();
  try {
    return juice(html, { preserveImportant: true });
  } catch (error) {
    // It reads nothing but its input, and stumbles over style sheets that are broken in the right places.
    const detail = error instanceof Error ? error.message : String(error);
    throw new TemplateError("body", "content", `The style sheet, or an element's style, cannot be read (${detail}).`);
  }
}
