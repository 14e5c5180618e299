import type { Recipient } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import type { WhyReason } from "@hustings/ui/why-panel";
import { eventWord } from "../../campaigns/event-words";

const GOT: readonly Recipient["outcome"][] = ["sent", "delivered", "opened", "clicked", "complained", "unsubscribed"];
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
        verdict: verdictOf(type),
        title: eventWord(type),
        children: [formatTime(at), url, detail, likelyMachine && "probably a machine"].filter(Boolean).join(" · "),
      }),
    ),
  ];
}

function verdictOf(type: string): WhyReason["verdict"] {
  if (type === "unknown" || type === "called") return "unchecked";
  return /bounce|complain|fail|skip|suppress/.test(type) ? "no" : "yes";
}
