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
const emptyEntry = (): Entry => ({ angle: null, words: "", comment: "" });

/** Quoted words, comments (nested once), `<…>`, what separates, bare words; what is opened may stay open. */
const TOKEN = /"(?:\\.|[^"\\])*"?|\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\)?)*\)?|<[^>]*>?|[,;:]|[^",;:<(]+/gs;
/** Without what encloses it, and without backslashes before what is meant. */
const insideOf = (token: string): string =>
  token
    .slice(1)
    .replace(/[">)]$/, "")
    .replace(/\\(.)/gs, "$1");

function splitEntries(header: string): Entry[] {
  const entries: Entry[] = [];
  let entry = emptyEntry();
  for (const [token] of header.matchAll(TOKEN)) {
    if (token === "," || token === ";") {
      entries.push(entry);
      entry = emptyEntry();
      // The name of a group; its members follow.
    } else if (token === ":") entry = emptyEntry();
    else if (token.startsWith("<")) entry.angle = insideOf(token);
    else if (token.startsWith("(")) entry.comment += insideOf(token);
    else entry.words += token.startsWith('"') ? insideOf(token) : token;
  }
  return [...entries, entry];
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
