import { z } from "zod";
import { type Mailbox, parseAddressList } from "./address-list";
import { decodeWords } from "./encoded-words";

/** A message of somebody's mailbox, without its body. */
export type GmailMessage = {
  id: string;
  occurredAt: Date;
  isSent: boolean;
  /** Drafts, spam and bin: not, or not any more, something that happened between people. */
  isHidden: boolean;
  /** A newsletter, a list, a receipt, an answer by a machine. */
  isBulk: boolean;
  subject: string;
  /** Its first words, as Gmail shows them. */
  snippet: string;
  from: Mailbox[];
  /** To, Cc and Bcc. */
  to: Mailbox[];
};

export const messageAnswer = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  labelIds: z.array(z.string()).default([]),
  snippet: z.string().default(""),
  /** Milliseconds, as text. The Date header is the sender's to invent. */
  internalDate: z.string().regex(/^\d{1,15}$/),
  payload: z.object({ headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]) }).default({
    headers: [],
  }),
});

const HIDDEN_LABELS = new Set(["DRAFT", "SPAM", "TRASH", "CHAT"]);
const BULK_LABELS = new Set(["CATEGORY_PROMOTIONS", "CATEGORY_SOCIAL", "CATEGORY_FORUMS"]);

/** Reads Gmail's answer in the format `metadata`. */
export function toMessage(answer: z.infer<typeof messageAnswer>): GmailMessage {
  const { headers } = answer.payload;
  const valuesOf = (name: string) => headers.filter((one) => one.name.toLowerCase() === name).map(({ value }) => value);
  const labels = answer.labelIds;
  const isSent = labels.includes("SENT");
  const isByMachine =
    valuesOf("list-id").length + valuesOf("list-unsubscribe").length > 0 ||
    valuesOf("precedence").some((value) => /^\s*(bulk|list|junk)/i.test(value)) ||
    // RFC 3834, 5: `no` is what a person's message may say.
    valuesOf("auto-submitted").some((value) => !/^\s*no\b/i.test(value));
  return {
    id: answer.id,
    occurredAt: new Date(Number(answer.internalDate)),
    isSent,
    isHidden: labels.some((label) => HIDDEN_LABELS.has(label)),
    isBulk: !isSent && (isByMachine || labels.some((label) => BULK_LABELS.has(label))),
    subject: oneLine(decodeWords(valuesOf("subject")[0] ?? "")),
    snippet: oneLine(decodeEntities(answer.snippet)),
    from: parseAddressList(valuesOf("from").join(", ")),
    to: ["to", "cc", "bcc"].flatMap((name) => parseAddressList(valuesOf(name).join(", "))),
  };
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Gmail writes its snippets for HTML. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : "";
  });
}

/** Without line breaks, control and invisible characters. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cf}\p{Cs}]+/gu, "")
    .trim();
