import { type Output, TokenKind, type TopLevelToken } from "liquidjs";
import { listVariables, parseTemplate, readTokens } from "./liquid";
import { isTagToken, lineAt, readMarkup } from "./markup";
import type { TemplatePart } from "./template-error";

/** A variable of a template, as `["contact", "customFields", "city"]`, and where it stands. */
export type VariableUse = { path: string[]; part: TemplatePart; line: number };

const CORE_FIELDS = ["email", "firstName", "lastName", "language"];

/** How a variable is written in a template. */
export function formatPath(path: readonly string[]): string {
  return path
    .map((name, index) => (index === 0 ? name : /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `["${name}"]`))
    .join("");
}

/**
 * Variables that are always empty: misspelt, or of a field that does not exist.
 *
 * @throws TemplateError when the template does not parse.
 */
export function findUnknownVariables(
  part: TemplatePart,
  source: string,
  customFieldNames: readonly string[],
): VariableUse[] {
  const isKnown = ([root = "", ...rest]: string[]): boolean => {
    const [first, second] = rest;
    if (root === "unsubscribeUrl" || root === "preferencesUrl" || root === "postalAddress") return rest.length === 0;
    if (root === "campaign" || root === "workspace") return first === "name";
    if (root !== "contact") return false;
    if (first === undefined || CORE_FIELDS.includes(first)) return true;
    return first === "customFields" && (second === undefined || customFieldNames.includes(second));
  };
  const variables = listVariables(parseTemplate("text", part, source));
  return variables.filter(({ path }) => !isKnown(path)).map(({ path, line }) => ({ path, part, line }));
}

/**
 * Outputs of a contact's field that leave a gap for people without it: no `default`, and no `if` around that asks for
 * the field. The email address, which every recipient has, is not among them.
 *
 * @throws TemplateError when the template does not parse.
 */
export function findMissingFallbacks(part: TemplatePart, source: string): VariableUse[] {
  const missing: VariableUse[] = [];
  const open: { name: string; asked: string }[] = [];
  for (const token of readTokens(part, source)) {
    if (isTagToken(token)) trackBlocks(open, token.name, token.args);
    if (token.kind !== TokenKind.Output) continue;
    const path = findGap(part, token);
    if (!path) continue;
    const isAsked = open.some(({ asked }) => mentions(asked, path.at(-1) ?? ""));
    const isDropped = open.some(({ name }) => name === "comment");
    if (!isAsked && !isDropped) missing.push({ path, part, line: lineAt(source, token.begin) });
  }
  return missing;
}

/** The field that this output leaves a gap for, or null. */
function findGap(part: TemplatePart, token: TopLevelToken): string[] | null {
  const parsed = parseTemplate("text", part, token.getText());
  const [output] = parsed.templates;
  const filters = (output as Output).value.filters.map(({ name }) => name);
  const [variable] = listVariables(parsed);
  const isField = variable?.path[0] === "contact" && variable.path.length > 1 && variable.path[1] !== "email";
  return isField && !filters.includes("default") ? variable.path : null;
}

/** Whether a condition names a field. A name that is no word of Liquid stands there in quotes. */
function mentions(condition: string, name: string): boolean {
  return /^[\w-]+$/.test(name) ? condition.split(/[^\w-]+/).includes(name) : condition.includes(name);
}

function trackBlocks(open: { name: string; asked: string }[], name: string, args: string): void {
  if (["if", "unless", "case", "comment"].includes(name)) open.push({ name, asked: args });
  else if (["endif", "endunless", "endcase", "endcomment"].includes(name)) open.pop();
  else if (name === "elsif") open.push({ name, asked: `${open.pop()?.asked ?? ""} ${args}` });
}

/** A place in the body where a reader can leave, or choose what to get. */
export type UnsubscribeLink = { variable: "unsubscribeUrl" | "preferencesUrl"; line: number };

/**
 * Finds `{{ unsubscribeUrl }}` or `{{ preferencesUrl }}` where a reader sees it: in a link's address or in the text,
 * not in a comment.
 *
 * @throws TemplateError when the body does not parse.
 */
export function findUnsubscribeLink(body: string): UnsubscribeLink | null {
  let commentDepth = 0;
  for (const { token, place, attribute, element } of readMarkup(body, readTokens("body", body)).tokens) {
    if (isTagToken(token)) commentDepth += token.name === "comment" ? 1 : token.name === "endcomment" ? -1 : 0;
    const isSeen = place === "text" || (attribute?.name === "href" && element?.name === "a");
    if (token.kind !== TokenKind.Output || commentDepth > 0 || !isSeen) continue;
    const variable = /^\{\{-?\s*(unsubscribeUrl|preferencesUrl)\b/.exec(token.getText())?.[1];
    if (variable === "unsubscribeUrl" || variable === "preferencesUrl")
      return { variable, line: lineAt(body, token.begin) };
  }
  return null;
}

/**
 * Whether the body says `{{ postalAddress }}` where every reader sees it: in its text, and in no block, which may be
 * left out for some.
 *
 * @throws TemplateError when the body does not parse.
 */
export function showsPostalAddress(body: string): boolean {
  let depth = 0;
  for (const { token, place } of readMarkup(body, readTokens("body", body)).tokens) {
    if (isTagToken(token)) depth += token.name.startsWith("end") ? -1 : OPENS_BLOCK.includes(token.name) ? 1 : 0;
    const isSeen = token.kind === TokenKind.Output && place === "text" && depth === 0;
    if (isSeen && /^\{\{-?\s*postalAddress\s*(?:\||-?\}\})/.test(token.getText())) return true;
  }
  return false;
}

const OPENS_BLOCK = ["if", "unless", "case", "for", "tablerow", "capture", "comment", "raw"];
