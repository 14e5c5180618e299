import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeHeaderText, encodePhrase } from "./headers";
import { buildMimeMessage, encodeQuotedPrintable, type MimeMessage } from "./mime";

const MESSAGE: MimeMessage = {
  messageId: "sandbox-1@crm.example.org",
  sentAt: new Date("2026-11-23T10:00:00Z"),
  from: { name: "Zanele, Open Rivers", email: "zanele@example.org" },
  to: "ada@example.org",
  subject: "Phương Thảo, the valley has eleven days and this is a subject that needs more than one line",
  headers: {
    "List-Id": "News <a.crm.example.org>",
    "List-Unsubscribe": `<https://crm.example.org/u/${"x".repeat(76)}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  },
  html: '<p style="color: red">Möte = på torsdag</p>\n.\nFrom here',
  text: "Möte på torsdag  \n--\nZanele",
};

/** An independent reading of RFC 2045 section 6.7. */
function decodeQuotedPrintable(encoded: string): string {
  const joined = encoded.replace(/=\r\n/g, "");
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function decodeWords(value: string): string {
  return value
    .replace(/\r\n /g, " ")
    .replace(/\?= =\?/g, "?==?")
    .replace(/=\?UTF-8\?B\?([\w+/=]*)\?=/g, (_, base64: string) => Buffer.from(base64, "base64").toString("utf8"));
}

function parse(raw: string): { headers: Map<string, string>; parts: { headers: string; body: string }[] } {
  const end = raw.indexOf("\r\n\r\n");
  const unfolded = raw.slice(0, end).replace(/\r\n(?=[ \t])/g, "");
  const headers = new Map(
    unfolded
      .split("\r\n")
      .map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  const boundary = /boundary="([^"]+)"/.exec(headers.get("Content-Type") ?? "")?.[1] ?? "";
  const sections = raw.slice(end + 4).split(`--${boundary}`);
  expect(sections[0]).toBe("");
  expect(sections.at(-1)).toBe("--\r\n");
  const parts = sections.slice(1, -1).map((section) => {
    const [head = "", body = ""] = [
      section.slice(2, section.indexOf("\r\n\r\n")),
      section.slice(section.indexOf("\r\n\r\n") + 4, -2),
    ];
    return { headers: head, body: decodeQuotedPrintable(body) };
  });
  return { headers, parts };
}

describe("buildMimeMessage", () => {
  it("can be read back", () => {
    const { headers, parts } = parse(buildMimeMessage(MESSAGE));
    expect(decodeWords(headers.get("Subject") ?? "")).toBe(MESSAGE.subject);
    expect(headers.get("From")).toBe('"Zanele, Open Rivers" <zanele@example.org>');
    expect(headers.get("To")).toBe("ada@example.org");
    expect(headers.get("Date")).toBe("Mon, 23 Nov 2026 10:00:00 +0000");
    expect(headers.get("Message-ID")).toBe("<sandbox-1@crm.example.org>");
    expect(headers.get("List-Unsubscribe")).toBe(MESSAGE.headers["List-Unsubscribe"]);
    expect(headers.get("MIME-Version")).toBe("1.0");
    expect(
      parts.map(
        ({ headers: head }) =>
          /^Content-Type: ([\w/]+); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable$/.exec(head)?.[1],
      ),
    ).toEqual(["text/plain", "text/html"]);
    expect(parts.map(({ body }) => body.replaceAll("\r\n", "\n"))).toEqual([MESSAGE.text, MESSAGE.html]);
  });

  it("holds to the limits of lines, in ASCII", () => {
    const raw = buildMimeMessage({ ...MESSAGE, html: "ö".repeat(5_000), text: "word ".repeat(5_000) });
    expect(raw).toMatch(/^[\r\n\t -~]*$/);
    expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const lines = raw.split("\r\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
    for (const line of lines.filter((line) => !line.includes("https:"))) expect(line.length).toBeLessThanOrEqual(76);
  });

  it("is the same every time", () => {
    expect(buildMimeMessage(MESSAGE)).toBe(buildMimeMessage(MESSAGE));
  });

  it.each([
    { subject: "a\r\nBcc: all@example.org" },
    { headers: { "X-A": "a\nBcc: b" } },
    { headers: { "X-A\r\nBcc": "b" } },
    { headers: { "": "b" } },
    { to: "a@example.org\r\nBcc: b@example.org" },
    { from: { name: null, email: "a@example.org\nBcc: b" } },
  ])("refuses a header that would start another: %j", (change) =>
    expect(() => buildMimeMessage({ ...MESSAGE, ...change } as MimeMessage)).toThrow(/line break|no name of a header/),
  );
});

describe("encodeQuotedPrintable", () => {
  it("comes back as it was, but for line ends", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const encoded = encodeQuotedPrintable(text);
        expect(decodeQuotedPrintable(encoded)).toBe(text.replace(/\r\n|\r|\n/g, "\r\n"));
        for (const line of encoded.split("\r\n")) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).toMatch(/^(?:[\t -<>-~]|=[0-9A-F]{2})*=?$/);
          expect(line).not.toMatch(/[\t ]$/);
        }
      }),
    );
  });
});

describe("header text", () => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }).filter((text) => !/[\r\n\0]/.test(text)),
        (text) => {
          const encoded = encodeHeaderText(text);
          if (encoded !== text) {
            expect(decodeWords(encoded)).toBe(text);
            for (const word of encoded.split(" ")) expect(word.length).toBeLessThanOrEqual(75);
          }
          expect(encoded).toMatch(/^[\t -~]*$/);
        },
      ),
    );
  });

  it.each([
    ["Ada", "Ada"],
    ["Ada Lovelace", "Ada Lovelace"],
    ["Lovelace, Ada", '"Lovelace, Ada"'],
    ['A "B" \\ C', '"A \\"B\\" \\\\ C"'],
    ["Ádá", "=?UTF-8?B?w4Fkw6E=?="],
    ["=?UTF-8?B?QQ==?=", "=?UTF-8?B?PT9VVEYtOD9CP1FRPT0/PQ==?="],
  ])("writes the name %j as %j", (name, expected) => expect(encodePhrase(name)).toBe(expected));
});
