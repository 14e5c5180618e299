import { isAscii, isUtf8 } from "node:buffer";
import { type EncodingEvidence, findCharacterBorder } from "./encoding";

/** Bytes kept to judge the encoding by. */
const EVIDENCE_BYTES = 64 * 1024;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

export type UploadDigest = {
  /** Takes the file's bytes in order. */
  update: (bytes: Buffer) => void;
  finish: () => EncodingEvidence & { lineEstimate: number };
};

/** Learns what an upload shows of itself while it passes by, in one pass and constant memory. */
export function createUploadDigest(): UploadDigest {
  const head: Buffer[] = [];
  const beyondAscii: Buffer[] = [];
  let headLength = 0;
  let beyondLength = 0;
  let isValidUtf8 = true;
  let incomplete: Buffer = Buffer.alloc(0);
  const lines = createLineCounter();

  function checkUtf8(bytes: Buffer): void {
    if (!isValidUtf8) return;
    const whole = incomplete.length === 0 ? bytes : Buffer.concat([incomplete, bytes]);
    const border = findCharacterBorder("utf-8", whole);
    isValidUtf8 = isUtf8(whole.subarray(0, border));
    incomplete = Buffer.from(whole.subarray(border));
  }

  function keepEvidence(bytes: Buffer): void {
    if (headLength < EVIDENCE_BYTES) {
      const part = bytes.subarray(0, EVIDENCE_BYTES - headLength);
      head.push(Buffer.from(part));
      headLength += part.length;
    }
    if (beyondLength >= EVIDENCE_BYTES || (beyondLength === 0 && isAscii(bytes))) return;
    const first = beyondLength > 0 ? 0 : bytes.findIndex((byte) => byte >= 0x80);
    const part = bytes.subarray(first, first + EVIDENCE_BYTES - beyondLength);
    beyondAscii.push(Buffer.from(part));
    beyondLength += part.length;
  }

  return {
    update(bytes) {
      checkUtf8(bytes);
      keepEvidence(bytes);
      lines.update(bytes);
    },
    finish: () => ({
      head: Buffer.concat(head),
      beyondAscii: Buffer.concat(beyondAscii),
      isValidUtf8: isValidUtf8 && incomplete.length === 0,
      lineEstimate: lines.finish(),
    }),
  };
}

/** Counts lines that hold something, line ends inside of quotes left out: rows, as long as the file is well formed. */
function createLineCounter() {
  let lines = 0;
  let isQuoted = false;
  let isBlank = true;

  return {
    update(bytes: Buffer): void {
      for (let index = 0; index < bytes.length; index++) {
        const byte = bytes[index] as number;
        if (byte === QUOTE) {
          isQuoted = !isQuoted;
          isBlank = false;
        } else if ((byte === LF || byte === CR) && !isQuoted) {
          if (!isBlank) lines++;
          isBlank = true;
        } else if (byte !== 0) isBlank = false;
      }
    },
    finish: () => lines + (isBlank ? 0 : 1),
  };
}
