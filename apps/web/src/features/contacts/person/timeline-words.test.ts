import type { Interaction } from "@hustings/contracts/interactions";
import { describe, expect, it } from "vitest";
import { describeMailboxEmail, groupByTime, readCampaignEmail } from "./timeline-words";

const NOW = new Date(2026, 10, 23, 12, 0);
const entry = (at: Date, rest: Partial<Interaction> = {}): Interaction => ({
  id: at.toISOString(),
  contactId: "c",
  type: "note",
  subject: null,
  body: null,
  occurredAt: at.toISOString(),
  metadata: {},
  createdAt: at.toISOString(),
  ...rest,
});

describe("groupByTime", () => {
  it("names days for two weeks, then months, with the year once it is another", () => {
    const days = [
      new Date(2026, 10, 24, 9),
      new Date(2026, 10, 23, 9),
      new Date(2026, 10, 22, 23, 59),
      new Date(2026, 10, 19, 9),
      new Date(2026, 9, 14),
      new Date(2026, 9, 2),
      new Date(2025, 9, 2),
    ];
    const sections = groupByTime(
      days.map((at) => entry(at)),
      NOW,
    );
    expect(sections.map(({ label, isDay, entries }) => [label, isDay, entries.length])).toEqual([
      ["To come, 24 Nov", true, 1],
      ["Today", true, 1],
      ["Yesterday, 22 November", true, 1],
      ["Thursday 19 November", true, 1],
      ["October", false, 2],
      ["October 2025", false, 1],
    ]);
  });
});

describe("readCampaignEmail", () => {
  it("tells a campaign's email, and that it left where nothing more is known", () => {
    const email = entry(NOW, { type: "email_sent", metadata: { campaignId: "x", status: "sent" } });
    expect(readCampaignEmail(email)).toEqual({ campaignId: "x", state: "left" });
    expect(readCampaignEmail({ ...email, metadata: { campaignId: "x", status: "clicked" } })?.state).toBe("clicked");
  });

  it("leaves alone what somebody wrote down", () => {
    expect(readCampaignEmail(entry(NOW, { type: "email_sent" }))).toBeNull();
    expect(readCampaignEmail(entry(NOW, { metadata: { campaignId: "x" } }))).toBeNull();
  });
});

describe("describeMailboxEmail", () => {
  const metadata = { source: "gmail", colleague: "Ada" };

  it("says who wrote to whom, and what where that is shown", () => {
    expect(describeMailboxEmail(entry(NOW, { type: "email_sent", metadata }))).toBe("Ada sent an email");
    expect(describeMailboxEmail(entry(NOW, { type: "email_received", metadata, subject: "Boats" }))).toBe(
      "Sent Ada an email: Boats",
    );
  });

  it("leaves alone what comes from elsewhere", () => {
    expect(describeMailboxEmail(entry(NOW, { type: "email_sent" }))).toBeNull();
  });
});
