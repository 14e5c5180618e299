/** The list that a message belongs to, for `List-Id`: the campaign's category, else its workspace. */
export type MailingList = { id: string; name: string };

const LINE_BREAKS = /[\r\n\0]/;
/** Octets of UTF-8 in one encoded word: with the header's name a line stays within 76 characters (RFC 2047 section 2). */
const ENCODED_WORD_BYTES = 39;

/** @throws Error for a value that would start another header. Never stripped: whoever made it must know. */
export function assertHeaderValue(name: string, value: string): void {
  if (LINE_BREAKS.test(value)) throw new Error(`The header ${name} must not contain a line break.`);
}

/**
 * The headers of mail to a list: who may filter it and how to leave it in one click (RFC 2369, RFC 2919, RFC 8058).
 *
 * @throws Error when the list's name holds a line break.
 * @param unsubscribeUrl null where no links can be signed: then there is no way to leave by header.
 * @param appUrl its host makes the list's id unique.
 */
export function buildListHeaders(input: {
  appUrl: string;
  list: MailingList;
  unsubscribeUrl: string | null;
}): Record<string, string> {
  assertHeaderValue("List-Id", input.list.name);
  const label = input.list.id.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  const phrase = encodePhrase(input.list.name);
  const headers: Record<string, string> = {
    "List-Id": `${phrase}${phrase === "" ? "" : " "}<${label}.${new URL(input.appUrl).hostname.replace(/[^a-z0-9.-]+/gi, "")}>`,
    Precedence: "bulk",
  };
  if (input.unsubscribeUrl !== null) {
    headers["List-Unsubscribe"] = `<${input.unsubscribeUrl}>`;
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
  }
  return headers;
}

/** A display name as a header shows it: bare, quoted, or encoded (RFC 5322 section 3.2.5, RFC 2047). */
export function encodePhrase(text: string): string {
  if (/^[\w !#$%&'*+/=?^`{|}~-]*$/.test(text) && !text.includes("=?")) return text;
  return isPrintableAscii(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : encodeWords(text);
}

/** Free text as a header shows it: as it is, or in encoded words where it is not ASCII. */
export function encodeHeaderText(text: string): string {
  return isPrintableAscii(text) ? text : encodeWords(text);
}

function isPrintableAscii(text: string): boolean {
  return /^[\t -~]*$/.test(text) && !text.includes("=?");
}

function encodeWords(text: string): string {
  const words: string[] = [];
  let chunk = "";
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > ENCODED_WORD_BYTES) {
      words.push(chunk);
      chunk = "";
    }
    chunk += character;
  }
  return [...words, chunk].map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join(" ");
}
