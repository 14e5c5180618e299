import type { Recipient } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import { type StatusState, statusWord } from "@hustings/ui/status";
import type { WhyReason } from "@hustings/ui/why-panel";

const GOT: readonly Recipient["outcome"][] = ["sent", "delivered", "opened", "clicked", "complained", "unsubscribed"];
const KNOWN: readonly StatusState[] = [
  "captured",
  "delivered",
  "opened",
  "clicked",
  "bounced",
  "complained",
  "unsubscribed",
  "failed",
  "skipped",
  "unknown",
];

/** “Amara did not get “Winter appeal”.” */
export function concludeWhy(
  who: string,
  campaign: Pick<Campaign, "name" | "launchedAt">,
  outcome: Recipient["outcome"],
): string {
  const what = `“${campaign.name}”`;
  if (outcome === "would_get") return `${who} would get ${what}.`;
  if (outcome === "queued" || outcome === "sending") return `${who} will get ${what} soon.`;
  if (outcome === "captured") return `${what} to ${who} was caught in the sandbox.`;
  if (outcome === "unknown") return `Nobody can say whether ${who} got ${what}.`;
  if (GOT.includes(outcome)) return `${who} got ${what}.`;
  return campaign.launchedAt ? `${who} did not get ${what}.` : `${who} would not get ${what}.`;
}

const isNo = (outcome: Recipient["outcome"]): boolean =>
  ["excluded", "not_matched", "skipped", "failed", "bounced"].includes(outcome);

/** The reason first, then what was heard of the email, as it came. */
export function toReasons({ outcome, reason, events }: Recipient, formatTime: (at: string) => string): WhyReason[] {
  return [
    { key: "reason", verdict: isNo(outcome) ? "no" : outcome === "unknown" ? "unchecked" : "yes", title: reason },
    ...events.map(
      ({ type, at, url, reason: detail, likelyMachine }, index): WhyReason => ({
        key: `${index}-${type}`,
        verdict: isBad(type) ? "no" : "yes",
        title: eventWord(type),
        children: [formatTime(at), url, detail, likelyMachine && "probably a machine"].filter(Boolean).join(" · "),
      }),
    ),
  ];
}

const isBad = (type: string): boolean => /bounce|complain|fail/.test(type);

function eventWord(type: string): string {
  const state = KNOWN.find((known) => known === type);
  if (state) return statusWord(state);
  const words = type.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
