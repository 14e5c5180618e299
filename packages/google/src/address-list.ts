import { decodeWords } from "./encoded-words";

/** An address of a header; `name` is empty where none is written. */
export type Mailbox = { address: string; name: string };

/** A header longer than that is nobody's correspondence. */
const MAX_ADDRESSES = 500;
const MAX_CHARACTERS = 50_000;

/**
 * Reads the addresses of a From, To or Cc header (RFC 5322, 3.4): quoted names with commas, comments, groups,
 * `undisclosed-recipients:;`. Lower-cased; what is no address is left out. Never throws.
 */
export function parseAddressList(header: string): Mailbox[] {
  const found: Mailbox[] = [];
  for (const entry of splitEntries(header.slice(0, MAX_CHARACTERS))) {
    const mailbox = toMailbox(entry);
    if (mailbox) found.push(mailbox);
    if (found.length === MAX_ADDRESSES) break;
  }
  return found;
}

/** Of one entry: what stands in `<…>`, its quoted and bare words, and its comments. */
type Entry = { angle: string | null; words: string; comment: string };
type Reading = "words" | "quoted" | "angle" | "comment";

const emptyEntry = (): Entry => ({ angle: null, words: "", comment: "" });

function splitEntries(header: string): Entry[] {
  const entries: Entry[] = [];
  let entry = emptyEntry();
  let reading: Reading = "words";
  let depth = 0;
  const end = () => {
    entries.push(entry);
    entry = emptyEntry();
  };
  for (let at = 0; at < header.length; at++) {
    let character = header[at] as string;
    const isEscaped = character === "\\" && (reading === "quoted" || reading === "comment");
    if (isEscaped) character = header[++at] ?? "";
    else if (character === '"' && (reading === "words" || reading === "quoted")) {
      reading = reading === "words" ? "quoted" : "words";
      continue;
    } else if (character === "(" && reading !== "quoted" && reading !== "angle") {
      reading = "comment";
      if (depth++ === 0) continue;
    } else if (character === ")" && reading === "comment") {
      if (--depth === 0) {
        reading = "words";
        continue;
      }
    } else if (character === "<" && reading === "words") {
      reading = "angle";
      entry.angle = "";
      continue;
    } else if (character === ">" && reading === "angle") {
      reading = "words";
      continue;
    } else if (reading === "words" && (character === "," || character === ";")) {
      end();
      continue;
    } else if (reading === "words" && character === ":") {
      // The name of a group; its members follow.
      entry = emptyEntry();
      continue;
    }
    if (reading === "angle") entry.angle += character;
    else if (reading === "comment") entry.comment += character;
    else entry.words += character;
  }
  end();
  return entries;
}

const ADDRESS = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+$/;

function toMailbox({ angle, words, comment }: Entry): Mailbox | null {
  const bare = words.trim();
  const address = (angle ?? bare).trim().toLowerCase();
  if (!ADDRESS.test(address)) return null;
  const written = angle === null ? comment : bare || comment;
  const name = decodeWords(written.replace(/\s+/g, " ").trim())
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, " ")
    .trim();
  return { address, name: name.toLowerCase() === address ? "" : name };
}
