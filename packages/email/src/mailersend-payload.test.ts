import { describe, expect, it } from "vitest";
import { toMailersendEmail } from "./mailersend-payload";
import type { OutgoingMessage } from "./transport";

const message = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  workspaceId: "w",
  campaignId: "0f3a2b1c-0000-7000-8000-000000000000",
  contactId: "p",
  from: { email: "hello@mail.example.org", name: "Org; the, good one" },
  to: "ann@example.com",
  subject: "Hello",
  html: "<p>Hello</p>",
  text: "Hello",
  headers: {
    "List-Id": "Org <org.crm.example.org>",
    Precedence: "bulk",
    "List-Unsubscribe": "<https://crm.example.org/u/token>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  },
  ...changes,
});
const write = (changes: Partial<OutgoingMessage>, hasHeaders: boolean): unknown =>
  JSON.parse(JSON.stringify(toMailersendEmail(message(changes), { hasHeaders })));

describe("a message as MailerSend takes it", () => {
  it("goes to one person, tagged with its campaign", () => {
    expect(write({}, false)).toEqual({
      from: { email: "hello@mail.example.org", name: "Org  the  good one" },
      to: [{ email: "ann@example.com" }],
      subject: "Hello",
      html: "<p>Hello</p>",
      text: "Hello",
      tags: ["c-0f3a2b1c-0000-7000-8000-000000000000"],
      precedence_bulk: true,
    });
  });

  it("is answered at the address that the workspace names", () => {
    expect(write({ replyTo: "office@example.org" }, false)).toMatchObject({
      reply_to: { email: "office@example.org" },
    });
  });

  it("carries our headers where the plan has them, the unsubscribe link as a bare address", () => {
    expect(write({}, true)).toMatchObject({
      list_unsubscribe: "https://crm.example.org/u/token",
      headers: [
        { name: "List-Id", value: "Org <org.crm.example.org>" },
        { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
      ],
    });
  });

  it("that is no campaign's has no tag and is no bulk mail", () => {
    const written = write({ campaignId: null, contactId: null }, false);
    expect(written).not.toHaveProperty("tags");
    expect(written).not.toHaveProperty("precedence_bulk");
  });

  it("names domains outside of ASCII in punycode", () => {
    expect(write({ to: "ann@möte.example" }, false)).toMatchObject({ to: [{ email: "ann@xn--mte-sna.example" }] });
  });
});
