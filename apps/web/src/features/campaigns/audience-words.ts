import type { Audience, LeftOutReason } from "@hustings/contracts/campaign-recipients";

/** In the order in which a person is counted. */
export const REASONS: readonly LeftOutReason[] = [
  "noEmail",
  "unsubscribed",
  "category",
  "complaint",
  "hard_bounce",
  "soft_bounces",
  "manual",
  "duplicate",
];

/** How many are left out for a reason. */
export const countLeftOut = ({ excluded, suppressedBecause }: Audience, reason: LeftOutReason): number =>
  ({ ...excluded, ...suppressedBecause })[reason];

export const leftOutOf = (audience: Audience): number => audience.matched - audience.recipients;

type Words = { title: string; hint: string };

/** Why somebody is left out, as a steady colleague would say it. */
export function reasonWords(reason: LeftOutReason, categoryName: string | null): Words {
  switch (reason) {
    case "noEmail":
      return { title: "No email address", hint: "There is nothing to send to." };
    case "unsubscribed":
      return { title: "Said no to all email", hint: "They used an unsubscribe link or asked a member." };
    case "category":
      return {
        title: `Said no to ${categoryName ?? "this kind of email"}`,
        hint: "They may still get your other emails.",
      };
    case "hard_bounce":
      return { title: "Address bounced for good", hint: "The provider said: no such mailbox." };
    case "soft_bounces":
      return { title: "Bounced softly 3 times in a row", hint: "Full or unreachable mailboxes." };
    case "complaint":
      return { title: "Marked us as spam", hint: "Never mailed again." };
    case "manual":
      return { title: "Suppressed by hand", hint: "Somebody here put the address on the list." };
    case "duplicate":
      return { title: "Same address twice", hint: "Another contact with this address gets it." };
  }
}
