import { Parser } from "htmlparser2";
import { type TagToken, TokenKind, type TopLevelToken } from "liquidjs";
import { TemplateError } from "./template-error";

/** Deeper or larger markup is no letter; it would only cost time (mail clients flatten tables at far less). */
const MAX_DEPTH = 250;
const MAX_ELEMENTS = 20_000;

export type MarkupAttribute = { name: string; value: string; start: number; end: number; isQuoted: boolean };

/** An element as it stands in the source. Offsets count characters; `contentEnd` is null while nothing closes it. */
export type MarkupElement = {
  name: string;
  parent: MarkupElement | null;
  attributes: MarkupAttribute[];
  start: number;
  openEnd: number;
  contentEnd: number | null;
};

/** Where a tag or output of the template stands. `tag`: inside `<…>` but in no attribute's value, so that it makes markup. */
export type TokenPlace = "text" | "attribute" | "comment" | "style" | "script" | "title" | "tag";

export type PlacedToken = {
  token: TopLevelToken;
  place: TokenPlace;
  /** The same object for tokens in the same element's text, the same attribute or the same comment. */
  container: object;
  /** With `attribute`. */
  attribute: MarkupAttribute | null;
  element: MarkupElement | null;
};

export type Markup = { elements: MarkupElement[]; tokens: PlacedToken[]; styleSheet: string };

type Region = {
  start: number;
  end: number;
  place: TokenPlace;
  container: object;
  attribute: MarkupAttribute | null;
  element: MarkupElement | null;
};

/**
 * Reads the HTML around the tags and outputs of a template, without rendering it: which elements there are, and where
 * each token stands.
 *
 * @throws TemplateError `limit` for markup deeper than 250 or of more than 20,000 elements.
 */
export function readMarkup(source: string, tokens: readonly TopLevelToken[]): Markup {
  const liquidTokens = tokens.filter((token) => token.kind !== TokenKind.HTML);
  const reader = new MarkupReader();
  const parser = new Parser(reader, { decodeEntities: false });
  reader.parser = parser;
  parser.end(maskTokens(source, liquidTokens));
  return {
    elements: reader.elements,
    tokens: placeTokens(liquidTokens, reader.regions, reader.root),
    styleSheet: reader.styleSheet,
  };
}

/** Whether a token is a tag (`{% … %}`), and no output. */
export function isTagToken(token: TopLevelToken): token is TagToken {
  return token.kind === TokenKind.Tag;
}

/** Line of an offset, counted from 1. */
export function lineAt(source: string, offset: number): number {
  let line = 1;
  for (let at = source.indexOf("\n"); at >= 0 && at < offset; at = source.indexOf("\n", at + 1)) line++;
  return line;
}

/** Letters of the same length stand in for tokens, so that every offset stays what it is. */
function maskTokens(source: string, tokens: readonly TopLevelToken[]): string {
  let masked = "";
  let at = 0;
  for (const token of tokens) {
    masked += source.slice(at, token.begin) + "x".repeat(token.end - token.begin);
    at = token.end;
  }
  return masked + source.slice(at);
}

function placeTokens(tokens: readonly TopLevelToken[], regions: readonly Region[], root: object): PlacedToken[] {
  const sorted = regions.toSorted((left, right) => left.start - right.start);
  let next = 0;
  return tokens.map((token) => {
    while (next < sorted.length && (sorted[next]?.end ?? 0) <= token.begin) next++;
    const region = sorted[next];
    const isInside = region !== undefined && region.start <= token.begin && token.end <= region.end;
    return isInside
      ? {
          token,
          place: region.place,
          container: region.container,
          attribute: region.attribute,
          element: region.element,
        }
      : { token, place: "tag", container: root, attribute: null, element: null };
  });
}

/** Collects elements and regions while htmlparser2 walks the source. */
class MarkupReader {
  parser: Parser | undefined;
  readonly root = {};
  readonly elements: MarkupElement[] = [];
  readonly regions: Region[] = [];
  styleSheet = "";
  private readonly open: MarkupElement[] = [];
  private pending: MarkupAttribute[] = [];

  onattribute(name: string, value: string, quote?: string | null): void {
    const isQuoted = quote === '"' || quote === "'";
    const end = (this.parser?.endIndex ?? 0) - (isQuoted ? 1 : 0);
    this.pending.push({ name, value, start: end - value.length, end, isQuoted });
  }

  onopentag(name: string): void {
    const { startIndex = 0, endIndex = 0 } = this.parser ?? {};
    const element: MarkupElement = {
      name,
      parent: this.open.at(-1) ?? null,
      attributes: this.pending,
      start: startIndex,
      openEnd: endIndex + 1,
      contentEnd: null,
    };
    this.pending = [];
    this.elements.push(element);
    this.open.push(element);
    for (const attribute of element.attributes) {
      if (attribute.value !== "")
        this.regions.push({
          start: attribute.start,
          end: attribute.end,
          place: "attribute",
          container: attribute,
          attribute,
          element,
        });
    }
    if (this.open.length > MAX_DEPTH)
      throw new TemplateError("body", "limit", `Elements are nested more than ${MAX_DEPTH} deep.`);
    if (this.elements.length > MAX_ELEMENTS)
      throw new TemplateError("body", "limit", `It has more than ${MAX_ELEMENTS.toLocaleString("en")} elements.`);
  }

  onclosetag(): void {
    const element = this.open.pop();
    if (element) element.contentEnd = this.parser?.startIndex ?? null;
  }

  ontext(text: string): void {
    const { startIndex = 0, endIndex = 0 } = this.parser ?? {};
    const element = this.open.at(-1) ?? null;
    const place =
      element?.name === "style" || element?.name === "script" || element?.name === "title" ? element.name : "text";
    if (place === "style") this.styleSheet += text;
    this.regions.push({
      start: startIndex,
      end: endIndex + 1,
      place,
      container: element ?? this.root,
      attribute: null,
      element,
    });
  }

  oncomment(): void {
    const { startIndex = 0, endIndex = 0 } = this.parser ?? {};
    this.regions.push({
      start: startIndex,
      end: endIndex + 1,
      place: "comment",
      container: {},
      attribute: null,
      element: this.open.at(-1) ?? null,
    });
  }
}
