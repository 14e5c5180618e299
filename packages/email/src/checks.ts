import type { RenderedCampaign } from "@hustings/contracts/campaigns";
import { readTokens } from "./liquid";
import { lineAt, type Markup, type MarkupAttribute, type MarkupElement, readMarkup } from "./markup";
import {
  findMissingFallbacks,
  findUnknownVariables,
  findUnsubscribeLink,
  formatPath,
  type VariableUse,
} from "./merge-tags";
import type { CampaignTemplates } from "./render";

/** `fine`, worth a `look`, or a reason to `stop`. */
export type CampaignCheck = RenderedCampaign["checks"][number];

export type CheckInput = CampaignTemplates & {
  hasCategory: boolean;
  allowNoUnsubscribe: boolean;
  /** Whether links can be signed, so that there is something to link to. */
  canUnsubscribe: boolean;
  /** What the workspace's sender lacks, in words; null when it is complete. */
  missingSender: string | null;
  /** Whether real people get it: then the sender must be complete. */
  isLive: boolean;
  customFieldNames: readonly string[];
  /** As one person reads it: what an inbox shows is not the length of the template. */
  renderedSubject: string;
  /** Of a rendered copy. */
  htmlBytes: number;
};

/** Gmail cuts a message off here, and the unsubscribe link with it. */
const CLIPPED_AT_BYTES = 102_000;
const LARGE_AT_BYTES = 90_000;
/** Longer subjects are cut in most inboxes. */
const LONG_SUBJECT_CHARACTERS = 70;
/** More of one kind tells nothing new. */
const MAX_FINDINGS = 20;

type Finding = Omit<CampaignCheck, "code" | "variable"> & Partial<Pick<CampaignCheck, "variable">>;

/**
 * What a careful colleague would say about a campaign before it leaves. Every check answers, with one `fine` or with
 * what it found; lines are those of the body unless the message says otherwise.
 *
 * @throws TemplateError when a part does not parse: tell that first.
 */
export function checkCampaign(input: CheckInput): CampaignCheck[] {
  const markup = readMarkup(input.body, readTokens("body", input.body));
  const sources = [
    ["subject", input.subject],
    ["preheader", input.preheader ?? ""],
    ["body", input.body],
  ] as const;
  const unknown = sources.flatMap(([part, source]) => findUnknownVariables(part, source, input.customFieldNames));
  // What nobody has needs another name, not a fallback.
  const gaps = sources
    .flatMap(([part, source]) => findMissingFallbacks(part, source))
    .filter((gap) => !unknown.some(({ part, path }) => part === gap.part && formatPath(path) === formatPath(gap.path)));
  return [
    ...answer("sender", "The sender is complete.", checkSender(input)),
    ...answer("unsubscribe", "There is a way to unsubscribe.", checkUnsubscribe(input)),
    ...answer("fallbacks", "No gaps: every field has a fallback.", gaps.map(describeGap)),
    ...answer("variables", "Every variable is known.", unknown.map(describeUnknown)),
    ...answer("links", "Every link leads somewhere.", checkLinks(input.body, markup)),
    ...answer("images", "Every image has a description.", checkImages(input.body, markup)),
    ...answer("size", `${formatKilobytes(input.htmlBytes)} of 102 kB.`, checkSize(input.htmlBytes)),
    ...answer("subject", "The subject fits an inbox.", checkSubject(input)),
  ];
}

function answer(code: string, fine: string, findings: Finding[]): CampaignCheck[] {
  if (findings.length === 0) return [{ level: "fine", code, message: fine, line: null, variable: null }];
  return findings.slice(0, MAX_FINDINGS).map((finding) => ({ variable: null, ...finding, code }));
}

/** The same rule by which a live send is refused. */
function checkSender({ missingSender, isLive }: CheckInput): Finding[] {
  if (missingSender === null) return [];
  const message = `The sender has no ${missingSender} yet. An admin sets it in Settings, under Sender.`;
  return [{ level: isLive ? "stop" : "look", message, line: null }];
}

/** The same rule by which a send is refused. */
function checkUnsubscribe(input: CheckInput): Finding[] {
  const isRequired = input.hasCategory && !input.allowNoUnsubscribe;
  const level = isRequired ? "stop" : "look";
  if (!input.canUnsubscribe)
    return [{ level, message: "No secret for unsubscribe links is set up, so nobody could unsubscribe.", line: null }];
  if (findUnsubscribeLink(input.body)) return [];
  return [{ level, message: "There is no unsubscribe link in the body. Add {{ unsubscribeUrl }}.", line: null }];
}

function describeGap({ path, part, line }: VariableUse): Finding {
  const message = `People without ${path.at(-1)} would read a gap${where(part)}. Write {{ ${formatPath(path)} | default: "…" }}.`;
  const variable = { path: formatPath(path), field: filterFieldOf(path) };
  return { level: "look", message, line: part === "body" ? line : null, variable };
}

const CORE_FIELDS = ["email", "firstName", "lastName", "language"];

/** `contact.customFields["can host"]` → `customFields.can host`. */
function filterFieldOf([subject, name = "", ...rest]: readonly string[]): string | null {
  const isField = subject === "contact" && (rest.length === 0 ? CORE_FIELDS.includes(name) : name === "customFields");
  return isField ? [name, ...rest].join(".") : null;
}

function describeUnknown({ path, part, line }: VariableUse): Finding {
  return {
    level: "look",
    message: `Nothing is called ${formatPath(path)}${where(part)}: it stays empty.`,
    line: part === "body" ? line : null,
  };
}

function where(part: VariableUse["part"]): string {
  return part === "body" ? "" : ` in the ${part}`;
}

function checkLinks(body: string, markup: Markup): Finding[] {
  const links = markup.elements
    .filter(({ name }) => name === "a")
    .flatMap((element) => checkLink(body, markup, element));
  const unquoted = markup.tokens.filter(
    ({ place, attribute }) => place === "attribute" && attribute && !attribute.isQuoted,
  );
  return [
    ...links,
    ...unquoted.map(
      ({ token, attribute }): Finding => ({
        level: "look",
        message: `Put quotes around the value of ${attribute?.name}: a space in it would end it.`,
        line: lineAt(body, token.begin),
      }),
    ),
  ];
}

function checkLink(body: string, markup: Markup, element: MarkupElement): Finding[] {
  const href = element.attributes.find(({ name }) => name === "href");
  if (!href) return [];
  const find = (message: string): Finding[] => [{ level: "look", message, line: lineAt(body, element.start) }];
  const address = href.value.trim();
  const written = body.slice(href.start, href.end).trim();
  if (address === "" || address === "#") return find("A link has no address.");
  if (startsWithToken(markup, href)) return [];
  if (address.startsWith("#") || /^(mailto|tel|sms):./i.test(address)) return [];
  if (/^http:\/\//i.test(address)) return find(`${written} is not encrypted. Use https.`);
  return /^https:\/\//i.test(address) && URL.canParse(decodeAmpersands(address))
    ? []
    : find(`${written} is no address that a mail program can open. Begin with https://.`);
}

/** Whether the address is the reader's own: then only sending tells whether it is valid. */
function startsWithToken(markup: Markup, href: MarkupAttribute): boolean {
  const start = href.start + (href.value.length - href.value.trimStart().length);
  return markup.tokens.some(({ attribute, token }) => attribute === href && token.begin === start);
}

function decodeAmpersands(text: string): string {
  return text.replaceAll("&amp;", "&");
}

function checkImages(body: string, markup: Markup): Finding[] {
  return markup.elements
    .filter(({ name, attributes }) => name === "img" && !attributes.some((attribute) => attribute.name === "alt"))
    .map((element) => ({
      level: "look",
      message: 'An image has no description. Add alt="…", empty if it only decorates.',
      line: lineAt(body, element.start),
    }));
}

function checkSize(bytes: number): Finding[] {
  if (bytes > CLIPPED_AT_BYTES)
    return [
      {
        level: "look",
        message: `${formatKilobytes(bytes)}: Gmail cuts the message off at 102 kB, with the unsubscribe link.`,
        line: null,
      },
    ];
  if (bytes >= LARGE_AT_BYTES)
    return [
      {
        level: "look",
        message: `${formatKilobytes(bytes)}: close to the 102 kB at which Gmail cuts a message off.`,
        line: null,
      },
    ];
  return [];
}

function formatKilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000)} kB`;
}

function checkSubject({ subject, renderedSubject }: CheckInput): Finding[] {
  if (subject.trim() === "") return [{ level: "stop", message: "There is no subject.", line: null }];
  if (renderedSubject.length > LONG_SUBJECT_CHARACTERS)
    return [
      {
        level: "look",
        message: `The subject has ${renderedSubject.length} characters; most inboxes show about ${LONG_SUBJECT_CHARACTERS}.`,
        line: null,
      },
    ];
  return [];
}
