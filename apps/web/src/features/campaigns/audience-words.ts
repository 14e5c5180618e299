import type { Audience, ExclusionReason } from "@hustings/contracts/campaign-recipients";

/** In the order in which a person is counted. */
export const REASONS: readonly ExclusionReason[] = ["noEmail", "unsubscribed", "category", "suppressed", "duplicate"];

export const leftOutOf = (audience: Audience): number => audience.matched - audience.recipients;

type Words = { title: string; hint: string };

/** Why somebody is left out, as a steady colleague would say it. */
export function reasonWords(reason: ExclusionReason, categoryName: string | null): Words {
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
    case "suppressed":
      return {
        title: "Address is suppressed",
        hint: "It bounced for good, marked us as spam, or was put on the list by hand.",
      };
    case "duplicate":
      return { title: "Same address twice", hint: "Another contact with this address gets it." };
  }
}
