import type { FileEncoding } from "@hustings/contracts/imports";
import iconv from "iconv-lite";
import { detect } from "jschardet";

/** What an upload shows of its encoding: its first bytes, bytes around the first that is not ASCII, and a strict check of all. */
export type EncodingEvidence = { head: Buffer; beyondAscii: Buffer; isValidUtf8: boolean };
export type EncodingGuess = { encoding: FileEncoding; isSure: boolean };

/** Share of NUL bytes on one side of every pair that makes text without a mark UTF-16. */
const UTF16_NUL_SHARE = 0.4;
/** Share of broken sequences up to which a file counts as UTF-8 with a few bad bytes. */
const UTF8_BROKEN_SHARE = 0.05;

/** How jschardet calls what the contract offers. */
const DETECTED: Record<string, FileEncoding | undefined> = {
  "utf-8": "utf-8",
  ascii: "utf-8",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "windows-1250": "windows-1250",
  "windows-1251": "windows-1251",
  "windows-1252": "windows-1252",
  "iso-8859-2": "iso-8859-2",
  shift_jis: "shift_jis",
  cp932: "shift_jis",
  gbk: "gbk",
  gb2312: "gbk",
  gb18030: "gbk",
  "x-mac-roman": "macintosh",
  macroman: "macintosh",
};

/**
 * Recognises an encoding: the byte order mark, then NUL bytes on one side of every pair (UTF-16), then strict UTF-8 over
 * the whole file, then statistics. What statistics say, and UTF-8 with a few broken bytes, is for a person to confirm.
 */
export function guessEncoding({ head, beyondAscii, isValidUtf8 }: EncodingEvidence): EncodingGuess {
  const marked = readByteOrderMark(head) ?? guessUtf16(head);
  if (marked) return { encoding: marked, isSure: true };
  if (isValidUtf8) return { encoding: "utf-8", isSure: true };
  if (isMostlyUtf8(beyondAscii)) return { encoding: "utf-8", isSure: false };
  const { encoding } = detect(beyondAscii);
  const known = encoding ? DETECTED[encoding.toLowerCase()] : undefined;
  // It is no UTF-8: that was checked byte for byte. ISO-8859-1 is read as its superset.
  return { encoding: known && known !== "utf-8" ? known : "windows-1252", isSure: false };
}

function readByteOrderMark(head: Buffer): FileEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : undefined;
}

function guessUtf16(head: Buffer): FileEncoding | undefined {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  if (pairs === 0) return undefined;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (head[pair * 2] === 0) even++;
    if (head[pair * 2 + 1] === 0) odd++;
  }
  if (odd / pairs >= UTF16_NUL_SHARE && even < odd / 4) return "utf-16le";
  return even / pairs >= UTF16_NUL_SHARE && odd < even / 4 ? "utf-16be" : undefined;
}

function isMostlyUtf8(bytes: Buffer): boolean {
  let broken = 0;
  let whole = 0;
  for (const character of bytes.toString("utf8")) {
    if (character === "\ufffd") broken++;
    else if (character > "\u007f") whole++;
  }
  return whole > 0 && broken / (whole + broken) <= UTF8_BROKEN_SHARE;
}

/** The text of bytes that begin and end at borders of characters; a byte order mark stays as U+FEFF. */
export const decodeText = (encoding: FileEncoding, bytes: Buffer): string =>
  encoding === "utf-8" ? bytes.toString("utf8") : iconv.decode(bytes, encoding, { stripBOM: false });

/**
 * How many of these bytes end at a border of characters, so that they can be decoded by themselves. 0 when not even
 * one character is whole.
 */
export function findCharacterBorder(encoding: FileEncoding, bytes: Buffer): number {
  switch (encoding) {
    case "utf-8":
      return utf8Border(bytes);
    case "utf-16le":
    case "utf-16be":
      return utf16Border(bytes, encoding === "utf-16le" ? 1 : 0);
    case "shift_jis":
    case "gbk":
      return doubleByteBorder(bytes);
    default:
      return bytes.length;
  }
}

function utf8Border(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function utf16Border(bytes: Buffer, highByte: 0 | 1): number {
  const even = bytes.length - (bytes.length % 2);
  const last = bytes[even - 2 + highByte] ?? 0;
  // Half of a surrogate pair.
  return even > 0 && last >= 0xd8 && last <= 0xdb ? even - 2 : even;
}

/** No second byte of Shift JIS or GBK is below 0x40: after such a byte a character begins. */
function doubleByteBorder(bytes: Buffer): number {
  for (let end = bytes.length; end > 0; end--) if ((bytes[end - 1] as number) < 0x40) return end;
  return bytes.length > DOUBLE_BYTE_RUN ? bytes.length - (bytes.length % 2) : 0;
}

/** Without a digit, space, comma or line end for so long it is no table; one character may break then. */
const DOUBLE_BYTE_RUN = 1024 * 1024;
