import { describe, expect, it } from "vitest";
import { concludeWhy, toReasons } from "./why-words";

const sent = { name: "Winter appeal", launchedAt: "2026-11-03T00:00:00Z" };
const draft = { name: "Winter appeal", launchedAt: null };

describe("concludeWhy", () => {
  it.each([
    [sent, "clicked", "Amara got “Winter appeal”."],
    [sent, "excluded", "Amara did not get “Winter appeal”."],
    [sent, "bounced", "Amara did not get “Winter appeal”."],
    [sent, "captured", "“Winter appeal” to Amara was caught in the sandbox."],
    [sent, "unknown", "Nobody can say whether Amara got “Winter appeal”."],
    [draft, "would_get", "Amara would get “Winter appeal”."],
    [draft, "not_matched", "Amara would not get “Winter appeal”."],
  ] as const)("%o, %s: %s", (campaign, outcome, sentence) =>
    expect(concludeWhy("Amara", campaign, outcome)).toBe(sentence),
  );
});

describe("toReasons", () => {
  it("puts the reason first, then what was heard of the email", () => {
    const events = [{ type: "opened", at: "2026-11-22T10:31:00Z", url: null, reason: null, likelyMachine: true }];
    const reasons = toReasons(
      { outcome: "opened", reason: "Reached the mailbox and was opened.", events },
      () => "22 Nov, 11:31",
    );
    expect(reasons.map(({ verdict, title, children }) => [verdict, title, children])).toEqual([
      ["yes", "Reached the mailbox and was opened.", undefined],
      ["yes", "Opened", "22 Nov, 11:31 · probably a machine"],
    ]);
    expect(toReasons({ outcome: "excluded", reason: "Said no to all email.", events: [] }, String)[0]?.verdict).toBe(
      "no",
    );
  });
});
