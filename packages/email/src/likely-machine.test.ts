import { describe, expect, it } from "vitest";
import { type Engagement, isLikelyMachine } from "./likely-machine";

const DELIVERED_AT = new Date("2026-11-23T10:00:00Z");
const after = (seconds: number): Date => new Date(DELIVERED_AT.getTime() + seconds * 1_000);
const PERSON: Engagement = {
  type: "opened",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  occurredAt: after(60),
  deliveredAt: DELIVERED_AT,
};

describe("isLikelyMachine", () => {
  it.each([
    PERSON.userAgent,
    null,
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
  ])("takes %j for a person's", (userAgent) => expect(isLikelyMachine({ ...PERSON, userAgent })).toBe(false));

  it.each([
    "",
    "  ",
    "Mozilla/5.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0",
    "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0.0.0 Safari/537.36",
    "python-requests/2.31",
    "BarracudaCentral/1.0",
    "Some Bot (crawler)",
  ])("takes %j for a machine's", (userAgent) => expect(isLikelyMachine({ ...PERSON, userAgent })).toBe(true));

  it("does not believe in a reader within ten seconds of arrival", () => {
    expect(isLikelyMachine({ ...PERSON, occurredAt: after(9.9) })).toBe(true);
    expect(isLikelyMachine({ ...PERSON, occurredAt: after(10) })).toBe(false);
    expect(isLikelyMachine({ ...PERSON, occurredAt: after(1), deliveredAt: null })).toBe(false);
  });

  it("does not believe in a reader who follows three links in five seconds", () => {
    const click: Engagement = { ...PERSON, type: "clicked", occurredAt: after(60) };
    const clicks = (...at: number[]) =>
      at.map((seconds, index) => ({ url: `https://example.org/${index}`, occurredAt: after(seconds) }));
    expect(isLikelyMachine({ ...click, clicks: clicks(58, 60, 62) })).toBe(true);
    expect(isLikelyMachine({ ...click, clicks: clicks(40, 60, 80) })).toBe(false);
    expect(isLikelyMachine({ ...click, clicks: clicks(60, 61) })).toBe(false);
    expect(
      isLikelyMachine({
        ...click,
        clicks: [58, 60, 62].map((seconds) => ({ url: "https://example.org/same", occurredAt: after(seconds) })),
      }),
    ).toBe(false);
  });
});
