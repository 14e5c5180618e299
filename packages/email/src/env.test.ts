import { describe, expect, it } from "vitest";
import { readLiveMailEnv } from "./env";

const COMPLETE = {
  MAILERSEND_API_KEY: "mlsn.0123456789",
  MAILERSEND_SENDER_DOMAIN: "Mail.Example.org",
  UNSUBSCRIBE_SECRET: "0123456789abcdef0123456789abcdef",
};

describe("live mail", () => {
  it("takes its limits from the plan, and where the account's are others, from them", () => {
    expect(readLiveMailEnv(COMPLETE)).toEqual({
      apiKey: "mlsn.0123456789",
      senderDomain: "mail.example.org",
      baseUrl: "https://api.mailersend.com/v1",
      timeoutMs: 15_000,
      waits: { madeWithinMs: 240_000, settleMs: 360_000 },
      plan: expect.objectContaining({ bulkPerMinute: 10, messagesPerCall: 500, hasHeaders: false }),
    });
    expect(
      readLiveMailEnv({ ...COMPLETE, MAILERSEND_PLAN: "enterprise", MAILERSEND_BULK_PER_MINUTE: "60" }).plan,
    ).toMatchObject({ bulkPerMinute: 60, singlePerMinute: 120, hasHeaders: true, keepsDays: 30 });
  });

  it.each([
    ["MAILERSEND_API_KEY", ""],
    ["MAILERSEND_SENDER_DOMAIN", ""],
    ["MAILERSEND_SENDER_DOMAIN", "hello@example.org"],
    ["UNSUBSCRIBE_SECRET", ""],
    ["UNSUBSCRIBE_SECRET", " , "],
    ["MAILERSEND_BASE_URL", "http://mail.example.org/v1"],
    ["MAILERSEND_PLAN", "gold"],
    ["MAILERSEND_BULK_PER_MINUTE", "0"],
  ])("does not start with %s=%j, and says why in a sentence", (name, value) => {
    const read = () => readLiveMailEnv({ ...COMPLETE, [name]: value });
    expect(read).toThrow(new RegExp(`^${name}: [^;]+$`));
  });

  it("names everything that is missing at once", () => {
    expect(() => readLiveMailEnv({})).toThrow(
      /^MAILERSEND_API_KEY: is missing[^;]*; MAILERSEND_SENDER_DOMAIN: is missing[^;]*; UNSUBSCRIBE_SECRET: is missing[^;]*$/,
    );
  });

  it("may go to a fake on this machine in clear", () => {
    expect(readLiveMailEnv({ ...COMPLETE, MAILERSEND_BASE_URL: "http://127.0.0.1:4500/v1/" }).baseUrl).toBe(
      "http://127.0.0.1:4500/v1",
    );
  });
});
