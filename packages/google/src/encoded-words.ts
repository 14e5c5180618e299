const WORD = /=\?([\w.:-]+)(?:\*[\w-]+)?\?([bq])\?([^?\s]*)\?=/gi;

/**
 * Decodes RFC 2047 words in a header. Gmail decodes most itself; text without such words comes back as it is, and so
 * does a word in an unknown charset.
 */
export function decodeWords(value: string): string {
  // Space between two words belongs to neither (RFC 2047, 6.2).
  return value
    .replace(/(\?=)\s+(?==\?[\w.:-]+(?:\*[\w-]+)?\?[bq]\?)/gi, "$1")
    .replace(WORD, (whole, charset: string, encoding: string, text: string) => {
      const bytes = encoding.toLowerCase() === "b" ? Buffer.from(text, "base64") : decodeQ(text);
      try {
        return new TextDecoder(charset).decode(bytes);
      } catch {
        return whole;
      }
    });
}

function decodeQ(text: string): Buffer {
  const plain = text
    .replaceAll("_", " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, "latin1");
}
