import { readdirSync, readFileSync } from "node:fs";
import { isMailersendSignature, signMailersendBody } from "@hustings/crypto/webhook-signature";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMailersendPing, PROVIDER_EVENT_TYPES, type ProviderEvent, parseMailersendEvent } from "./mailersend-webhook";
import { buildSimulatedEvent } from "./simulated-event";

const FIXTURES = new URL("../fixtures/mailersend/", import.meta.url);
const RECEIVED_AT = new Date("2026-11-23T10:00:00Z");
const FIREFOX = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36";

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`mailersend-${name}.json`, FIXTURES), "utf8"));
const parse = (body: unknown): ProviderEvent => {
  const event = parseMailersendEvent(body, RECEIVED_AT);
  if (!event) throw new Error("No event.");
  return event;
};

/** What each recorded body means. */
const EXPECTED: Record<string, Partial<ProviderEvent>> = {
  "v1-activity.sent": { type: "sent", eventId: "4f38e22417542d66906d75c3" },
  "v1-activity.delivered": { type: "delivered", eventId: "e258171cdc86c72d8e72c24f", ip: null },
  "v1-activity.soft_bounced": { type: "soft_bounced", reason: "Unknown reason" },
  "v1-activity.hard_bounced": { type: "hard_bounced", reason: "Host or domain name not found" },
  "v1-activity.opened": { type: "opened", ip: "127.0.0.1", userAgent: null },
  "v1-activity.opened_unique": { type: "ignored" },
  "v1-activity.clicked": { type: "clicked", url: "https://www.mailersend.com", ip: "127.0.0.1" },
  "v1-activity.clicked_unique": { type: "ignored" },
  "v1-activity.unsubscribed": { type: "unsubscribed", reason: "I get too many emails" },
  "v1-activity.spam_complaint": { type: "complained", reason: null },
  "v2-activity.sent": { type: "sent", eventId: "7eb9fb631b1b2809d0ce2bd4" },
  "v2-activity.sent-email-key": {
    type: "sent",
    recipient: "test@mailersend.com",
    messageId: "6892766ae78995a317577aa1",
    tags: ["test", "test2"],
    occurredAt: new Date("2025-08-05T21:23:54Z"),
  },
  "v2-activity.sent-meta-null": { type: "sent", recipient: "test@example.com" },
  "v2-activity.delivered": { type: "delivered" },
  "v2-activity.soft_bounced": { type: "soft_bounced", reason: "Unknown reason" },
  "v2-activity.hard_bounced": { type: "hard_bounced", reason: "Host or domain name not found" },
  "v2-activity.deferred": { type: "deferred", reason: "4.2.1 Mailbox temporarily unavailable" },
  "v2-activity.opened": { type: "opened", ip: "192.168.1.1", userAgent: FIREFOX },
  "v2-activity.opened_unique": { type: "ignored" },
  "v2-activity.clicked": { type: "clicked", url: "https://example.com/link", userAgent: FIREFOX },
  "v2-activity.clicked_unique": { type: "ignored" },
  "v2-activity.unsubscribed": { type: "unsubscribed", reason: "NO_LONGER_WANT" },
  "v2-activity.spam_complaint": { type: "complained" },
  "v2-activity.survey_opened": { type: "ignored" },
  "v2-activity.survey_submitted": { type: "ignored" },
  "v2-bulk_email.completed": {
    type: "ignored",
    providerType: "bulk_email.completed",
    occurredAt: new Date("2025-08-05T22:27:14Z"),
  },
  "v2-email_single.verified": { type: "ignored", providerType: "email_single.verified", recipient: null },
  "v2-inbound_forward.failed": { type: "ignored" },
  "v2-maintenance.start": { type: "ignored", occurredAt: new Date("2025-08-05T22:27:14Z") },
  "v2-maintenance.end": { type: "ignored" },
  "v2-recipient.on_hold_added": { type: "ignored" },
  "v2-sender_identity.verified": { type: "ignored", recipient: null, occurredAt: new Date("2025-08-05T22:27:14Z") },
  "v2-webhook.test": { type: "ignored", providerType: "webhook.test" },
};

describe("parseMailersendEvent", () => {
  it("has an expectation for every recorded body", () => {
    const recorded = readdirSync(FIXTURES).map((name) => name.replace(/^mailersend-(.*)\.json$/, "$1"));
    expect(recorded.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))("reads %s", (name, expected) => expect(parse(read(name))).toMatchObject(expected));

  it("finds message, recipient, tags and time in both versions", () => {
    expect(parse(read("v1-activity.clicked"))).toEqual({
      eventId: "7ae11a2f6716fb4875825cf7",
      type: "clicked",
      providerType: "activity.clicked",
      messageId: "62fb66bef54a112e920b5493",
      recipient: "test@example.com",
      tags: ["test-tag"],
      url: "https://www.mailersend.com",
      reason: null,
      ip: "127.0.0.1",
      userAgent: null,
      occurredAt: new Date("2024-01-01T12:00:00Z"),
    });
    expect(parse(read("v2-activity.clicked"))).toEqual({
      eventId: "1bb0fd5c0408142165ad4626",
      type: "clicked",
      providerType: "activity.clicked",
      messageId: "67f91abd69f79df391e9d78d",
      recipient: "test@example.com",
      tags: ["test-tag"],
      url: "https://example.com/link",
      reason: null,
      ip: "192.168.1.1",
      userAgent: FIREFOX,
      occurredAt: new Date("2026-01-01T12:00:00Z"),
    });
  });

  it("gives every event an id of its own, the same at every delivery", () => {
    const ids = Object.keys(EXPECTED).map((name) => parse(read(name)).eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(EXPECTED).map((name) => parse(read(name)).eventId)).toEqual(ids);
    // An id that names a thing, not the event, is not the event's.
    const identity = read("v2-sender_identity.verified") as Record<string, unknown>;
    expect(parse({ ...identity, created_at: "2026-01-01 00:00:00" }).eventId).not.toBe(parse(identity).eventId);
  });

  it("reads a time without a zone as UTC, and stands in for none", () => {
    const at = (created_at: unknown) => parse({ type: "activity.sent", created_at, data: {} }).occurredAt;
    expect(at("2025-08-05 22:27:14")).toEqual(new Date("2025-08-05T22:27:14Z"));
    expect(at("2026-01-01T12:00:00.123456Z")).toEqual(new Date("2026-01-01T12:00:00.123Z"));
    expect(at("2026-01-01T12:00:00+02:00")).toEqual(new Date("2026-01-01T10:00:00Z"));
    for (const none of [undefined, null, "", "yesterday", {}, "9999999"]) expect(at(none)).toEqual(RECEIVED_AT);
  });

  it("compares addresses in lower case, and takes no NUL or endless text from outside", () => {
    expect(parse({ type: "activity.sent", data: { recipient: " Ada@Example.ORG " } }).recipient).toBe(
      "ada@example.org",
    );
    const event = parse({
      type: "activity.hard_bounced",
      data: { id: "a\0b", meta: { bounce_reason: `x\0${"y".repeat(10_000)}` } },
    });
    expect(event.eventId).toBe("ab");
    expect(event.reason).toMatch(/^xy+$/);
    expect(event.reason).toHaveLength(2_000);
  });

  it("answers to any JSON without throwing", () => {
    for (const body of [null, undefined, 1, "x", true, [], [{}]])
      expect(parseMailersendEvent(body, RECEIVED_AT)).toBeNull();
    const json = fc.jsonValue();
    const shaped = fc.record(
      {
        type: fc.oneof(fc.constantFrom("activity.clicked", "activity.sent", "constructor", "__proto__"), json),
        created_at: json,
        data: fc.oneof(
          json,
          fc.record(
            {
              id: json,
              email: fc.oneof(json, fc.record({ message: json, recipient: json, tags: json })),
              recipient: json,
              tags: json,
              meta: json,
              morph: json,
            },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(json, shaped), (body) => {
        const event = parseMailersendEvent(body, RECEIVED_AT);
        if (!event) return;
        expect(PROVIDER_EVENT_TYPES).toContain(event.type);
        expect(event.eventId).not.toBe("");
        expect(Number.isNaN(event.occurredAt.getTime())).toBe(false);
        expect(JSON.stringify(event)).not.toContain("\\u0000");
        expect(event.tags.every((tag) => typeof tag === "string")).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("isMailersendPing", () => {
  const PING = `{"type":"webhook.test","message":"This is a ping test message","created_at":"2026-03-27T07:24:20.577080Z"}`;
  const SIGNATURE = "a05470dca8b12a876fd6917935083275be2b5fc87433d6b82bbca07a6b82d74e";
  const PUBLIC_SECRET = "test_Am3L1GuOIc4blLUuHqAPxxwkZaJyEk8G";

  it("knows the ping that saving a webhook sends", () => {
    expect(isMailersendPing(Buffer.from(PING), SIGNATURE)).toBe(true);
    expect(isMailersendPing(Buffer.from(PING), undefined)).toBe(false);
    expect(isMailersendPing(Buffer.from(`${PING} `), SIGNATURE)).toBe(false);
  });

  it.each([
    `{"type":"activity.spam_complaint","data":{}}`,
    `{"type":"activity.unsubscribed","x":"webhook.test"}`,
    `{"data":{"type":"webhook.test"}}`,
    "[]",
    "no json",
    `"webhook.test"`,
  ])("lets the public secret vouch for nothing else: %s", (body) =>
    expect(isMailersendPing(Buffer.from(body), signMailersendBody(PUBLIC_SECRET, body))).toBe(false),
  );
});

describe("buildSimulatedEvent", () => {
  const INPUT = {
    messageId: "sandbox-1",
    recipient: "ada@example.org",
    subject: "Möte på torsdag 🗳",
    tags: ["c-1"],
    occurredAt: new Date("2026-11-23T10:00:00.123Z"),
  };

  it.each([
    ["delivered", "delivered"],
    ["opened", "opened"],
    ["clicked", "clicked"],
    ["bounced", "hard_bounced"],
    ["complained", "complained"],
    ["unsubscribed", "unsubscribed"],
  ] as const)("makes a body for %s that the parser reads as %s", (event, type) => {
    const parsed = parse(JSON.parse(buildSimulatedEvent({ ...INPUT, event, url: "https://example.org/a?b=1" })));
    expect(parsed).toMatchObject({
      type,
      messageId: "sandbox-1",
      recipient: "ada@example.org",
      tags: ["c-1"],
      occurredAt: INPUT.occurredAt,
    });
    expect(parsed.url).toBe(event === "clicked" ? "https://example.org/a?b=1" : null);
    if (event === "bounced") expect(parsed.reason).toContain("550 5.1.1");
  });

  it("writes it as the provider does, so that only the raw bytes verify", () => {
    const body = buildSimulatedEvent({ ...INPUT, event: "clicked", url: "https://example.org/" });
    expect(body).toContain(String.raw`https:\/\/example.org\/`);
    expect(body).toContain(String.raw`M\u00f6te p\u00e5 torsdag \ud83d\uddf3`);
    expect(body).toContain('"created_at":"2026-11-23T10:00:00.123000Z"');
    const signature = signMailersendBody("secret", body);
    expect(isMailersendSignature(["secret"], Buffer.from(body), signature)).toBe(true);
    expect(isMailersendSignature(["secret"], Buffer.from(JSON.stringify(JSON.parse(body))), signature)).toBe(false);
  });

  it("has the shape of recorded deliveries", () => {
    const keys = (value: unknown) => Object.keys((value as { data: object }).data).sort();
    expect(keys(JSON.parse(buildSimulatedEvent({ ...INPUT, event: "opened" })))).toEqual(
      keys(read("v2-activity.opened")),
    );
  });

  it("makes an event of its own each time", () => {
    const ids = Array.from(
      { length: 100 },
      () => parse(JSON.parse(buildSimulatedEvent({ ...INPUT, event: "opened" }))).eventId,
    );
    expect(new Set(ids).size).toBe(100);
  });
});
