import type { TopLevelToken } from "liquidjs";
import { buildDocument, type DocumentParts } from "./document";
import { inlineCss } from "./inline-css";
import { type ParsedTemplate, parseTemplate, readTokens, renderTemplate, type TemplateData } from "./liquid";
import { isTagToken, type Markup, type PlacedToken, readMarkup } from "./markup";
import { TemplateError } from "./template-error";
import { convertToText, tidyText } from "./text-part";
import { type Guard, guardTokens } from "./token-guard";

type Scope = { readonly [name: string]: TemplateData };

/** A body that can be written for any number of people. */
export type CompiledBody = {
  /** `once`: styles were inlined when it was compiled. `per_recipient`: they depend on the data, which is slower. */
  inlining: "none" | "once" | "per_recipient";
  /** The same for making text of HTML. */
  textPart: "once" | "per_recipient";
  render(scope: Scope): { html: string; text: string };
};

/**
 * Does what costs time once per campaign: parsing, inlining styles, making the text part. Inlining works on the
 * template, with words standing in for its tags, wherever the result is provably the same as inlining what it writes;
 * elsewhere (a tag makes an attribute, a class or a style rule, or opens an element in one branch and not in the
 * other) it is done for each recipient.
 *
 * @throws TemplateError with line and column when the body does not parse; `limit` when it is too large.
 */
export function compileBody(body: string, options: DocumentParts): CompiledBody {
  parseTemplate("html", "body", body);
  const document = buildDocument(body, readMarkup(body, readTokens("body", body)), options);
  const tokens = readTokens("body", document);
  const markup = readMarkup(document, tokens);
  const guard = guardTokens(document, tokens);

  const staticHtml = compileHtml(document, markup, guard);
  const staticText = compileText(markup, guard);
  const source = staticHtml ?? parseTemplate("html", "body", document);
  const hasStyles = markup.styleSheet !== "";

  return {
    inlining: hasStyles ? (staticHtml ? "once" : "per_recipient") : "none",
    textPart: staticText ? "once" : "per_recipient",
    render(scope) {
      const written = renderTemplate(source, scope);
      const html = staticHtml ? written : inlineWritten(written);
      return { html, text: staticText ? tidyText(renderTemplate(staticText, scope)) : convertToText(html) };
    },
  };
}

/** The document as a template with its styles inlined, or null where that depends on the data. */
function compileHtml(document: string, markup: Markup, guard: Guard): ParsedTemplate | null {
  if (markup.styleSheet === "") return parseTemplate("html", "body", document);
  if (!isInlinableOnce(markup)) return null;
  const inlined = inlineCss(guard.guarded, { styleSheet: markup.styleSheet, elementCount: markup.elements.length });
  // The last proof: every tag is still there, once, in its order.
  if (!isSameSequence(guard.listTokens(inlined), guard.tokens)) return null;
  return parseOrNull("html", guard.restore(inlined));
}

/** The text part as a template, or null where it depends on the data. */
function compileText(markup: Markup, guard: Guard): ParsedTemplate | null {
  const hasBlocks = markup.tokens.some(({ token }) => isTagToken(token));
  const isListNumbered = markup.elements.some(({ name }) => name === "ol");
  if (!isStructureFixed(markup) || (hasBlocks && isListNumbered)) return null;
  const text = convertToText(guard.guarded);
  // Outputs may be left out (an image's address), or stand twice; tags must all be there, else a branch would be lost.
  const kept = markup.tokens.filter(({ token, ...place }) => isTagToken(token) && !isLeftOutOfText(token.name, place));
  if (
    !isSameSequence(
      guard.listTokens(text).filter(isTagToken),
      kept.map(({ token }) => token),
    )
  )
    return null;
  return parseOrNull("text", guard.restoreText(text));
}

/** A whole construct inside an attribute that text does not show, or inside a comment. Assignments must not be lost. */
function isLeftOutOfText(tagName: string, { place, attribute }: Omit<PlacedToken, "token">): boolean {
  if (["assign", "increment", "decrement"].includes(tagName)) return false;
  return (
    place === "comment" ||
    place === "style" ||
    place === "title" ||
    (place === "attribute" && attribute?.name !== "href" && attribute?.name !== "alt")
  );
}

function inlineWritten(html: string): string {
  const { styleSheet, elements } = readMarkup(html, []);
  return styleSheet === "" ? html : inlineCss(html, { styleSheet, elementCount: elements.length });
}

/** Whether no recipient's data can change which rules match which elements. */
function isInlinableOnce(markup: Markup): boolean {
  const attributesInSelectors = new Set(["class", "id"]);
  for (const [, name] of markup.styleSheet.matchAll(/\[\s*([\w-]+)/g))
    attributesInSelectors.add((name ?? "").toLowerCase());
  const isUsedBySelectors = ({ attribute, token }: PlacedToken): boolean =>
    attribute !== null &&
    (attributesInSelectors.has(attribute.name) || (attribute.name === "style" && isTagToken(token)));

  const hasBranches = markup.tokens.some(
    ({ token, place }) => place === "text" && isTagToken(token) && token.name !== "assign",
  );
  const countsSiblings = /[+~]|:(?:nth|first|last|only|empty|has)/.test(markup.styleSheet);
  return isStructureFixed(markup) && !markup.tokens.some(isUsedBySelectors) && !(hasBranches && countsSiblings);
}

/** Tags that write markup of their own, or keep it for later. */
const MARKUP_TAGS = ["capture", "endcapture", "tablerow", "endtablerow", "liquid"];

/** Whether every element stands or falls with what surrounds it: the tags of one construct are siblings, and no output makes markup. */
function isStructureFixed({ tokens }: Markup): boolean {
  const movesMarkup = ({ token, place }: PlacedToken): boolean =>
    place === "tag" ||
    place === "style" ||
    place === "script" ||
    /\|\s*raw\b/.test(token.getText()) ||
    (isTagToken(token) && MARKUP_TAGS.includes(token.name));
  return !tokens.some(movesMarkup) && areBlocksSiblings(tokens);
}

function areBlocksSiblings(tokens: readonly PlacedToken[]): boolean {
  const tags = tokens.flatMap(({ token, container }) => (isTagToken(token) ? [{ name: token.name, container }] : []));
  const blocks = new Set(tags.flatMap(({ name }) => (name.startsWith("end") ? [name.slice(3)] : [])));
  const open: object[] = [];
  for (const { name, container } of tags) {
    const isClosing = name.startsWith("end");
    const isBranch = name === "else" || name === "elsif" || name === "when";
    if ((isClosing || isBranch) && open.at(-1) !== container) return false;
    if (isClosing) open.pop();
    if (blocks.has(name)) open.push(container);
  }
  // A comment may hold half a construct: then what is open is not known.
  return open.length === 0;
}

function isSameSequence(left: readonly TopLevelToken[], right: readonly TopLevelToken[]): boolean {
  return left.length === right.length && left.every((token, index) => token.getText() === right[index]?.getText());
}

/** A template that does not parse after its markup was moved is written the slow way. */
function parseOrNull(kind: "html" | "text", source: string): ParsedTemplate | null {
  try {
    return parseTemplate(kind, "body", source);
  } catch (error) {
    if (error instanceof TemplateError) return null;
    throw error;
  }
}
