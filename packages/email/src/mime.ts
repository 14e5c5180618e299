import { createHash } from "node:crypto";
import { assertHeaderValue, encodeHeaderText, encodePhrase } from "./headers";
import type { Mailbox } from "./transport";

/** What a raw message is made of; a captured one has all of it. */
export type MimeMessage = {
  /** Without angle brackets. */
  messageId: string;
  sentAt: Date;
  from: Mailbox;
  to: string;
  subject: string;
  headers: Readonly<Record<string, string>>;
  html: string;
  text: string;
};

/** RFC 2047 section 2 allows 76 where there are encoded words; RFC 5322 section 2.1.1 recommends at most 78. */
const HEADER_LINE_CHARACTERS = 76;
/** RFC 2045 section 6.7 rule 5. */
const BODY_LINE_CHARACTERS = 76;

/**
 * The message as it would go over the wire (RFC 5322, RFC 2045): plain text and HTML as alternatives, lines
 * ended by CR LF, ASCII but for an internationalised address (RFC 6532).
 *
 * @throws Error when a header's value holds a line break.
 */
export function buildMimeMessage(message: MimeMessage): string {
  const given = {
    ...message.headers,
    From: `${message.from.name} ${message.from.email}`,
    To: message.to,
    Subject: message.subject,
    "Message-ID": message.messageId,
  };
  // Before encoding, which would hide a line break instead of refusing it.
  for (const [name, value] of Object.entries(given)) assertHeaderValue(name, value);
  // The same message always gives the same bytes; a line of a quoted-printable part cannot be `--` and this.
  const boundary = `=_${createHash("sha256").update(message.messageId).digest("hex").slice(0, 32)}`;
  const headers: [name: string, value: string][] = [
    ["From", formatMailbox(message.from)],
    ["To", message.to],
    ["Subject", encodeHeaderText(message.subject)],
    ["Date", message.sentAt.toUTCString().replace("GMT", "+0000")],
    ["Message-ID", `<${message.messageId}>`],
    ...Object.entries(message.headers).map(([name, value]): [string, string] => [name, encodeHeaderText(value)]),
    ["MIME-Version", "1.0"],
    ["Content-Type", `multipart/alternative; boundary="${boundary}"`],
  ];
  return [
    ...headers.map(([name, value]) => formatHeader(name, value)),
    "",
    `--${boundary}`,
    ...formatPart("text/plain", message.text),
    `--${boundary}`,
    ...formatPart("text/html", message.html),
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

function formatMailbox({ email, name }: Mailbox): string {
  return name ? `${encodePhrase(name)} <${email}>` : email;
}

function formatPart(contentType: string, content: string): string[] {
  return [
    `Content-Type: ${contentType}; charset=utf-8`,
    "Content-Transfer-Encoding: quoted-printable",
    "",
    encodeQuotedPrintable(content),
  ];
}

/** Breaks a header at its spaces (RFC 5322 section 2.2.3). */
function formatHeader(name: string, value: string): string {
  if (!/^[!-9;-~]+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a header.`);
  const lines: string[] = [];
  let line = `${name}:`;
  for (const word of value.split(" ")) {
    const isBare = lines.length === 0 && line === `${name}:`;
    if (word !== "" && !isBare && line.length + 1 + word.length > HEADER_LINE_CHARACTERS) {
      lines.push(line);
      line = "";
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\r\n");
}

/** RFC 2045 section 6.7. Line ends of every kind become CR LF. */
export function encodeQuotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => wrapQuotedPrintable(encodeLine(line)))
    .join("\r\n");
}

/** Each item is one character or one escape, so that no escape is broken by a line's end. */
function encodeLine(line: string): string[] {
  const bytes = [...Buffer.from(line, "utf8")];
  return bytes.map((byte, index) => {
    const isBlank = byte === 0x20 || byte === 0x09;
    const isPlain = byte >= 0x21 && byte <= 0x7e && byte !== 0x3d;
    // White space at the end of a line does not survive every relay.
    const staysAsItIs = isPlain || (isBlank && index < bytes.length - 1);
    return staysAsItIs ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  });
}

function wrapQuotedPrintable(items: readonly string[]): string {
  let wrapped = "";
  let length = 0;
  for (const [index, item] of items.entries()) {
    // The last item of a line needs no room for a soft break.
    const room = BODY_LINE_CHARACTERS - (index < items.length - 1 ? 1 : 0);
    if (length + item.length > room) {
      wrapped += "=\r\n";
      length = 0;
    }
    wrapped += item;
    length += item.length;
  }
  return wrapped;
}
