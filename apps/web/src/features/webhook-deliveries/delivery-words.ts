import type { DeliveryOutcome, ReplayableOutcome, WebhookDelivery } from "@hustings/contracts/webhook-deliveries";
import type { Tone } from "@hustings/ui/tone";
import { CircleCheck, CircleMinus, CircleQuestionMark, CircleX, Clock, Copy, type LucideIcon } from "lucide-react";

/** What became of a delivery: a word for the list, a sentence for its page. */
export const OUTCOMES: Record<DeliveryOutcome, { word: string; icon: LucideIcon; tone: Tone; sentence: string }> = {
  waiting: { word: "Waiting", icon: Clock, tone: "info", sentence: "Stored. A job takes it up within a minute." },
  applied: {
    word: "Used",
    icon: CircleCheck,
    tone: "good",
    sentence: "It stands with the person and the campaign. Its body was not kept.",
  },
  duplicate: {
    word: "Known",
    icon: Copy,
    tone: "neutral",
    sentence: "The same event had been used before, so it changed nothing.",
  },
  unmatched: {
    word: "No message",
    icon: CircleQuestionMark,
    tone: "look",
    sentence:
      "It is about no message that was sent from here. It is kept whole, and tried again by itself when the message becomes known.",
  },
  ignored: {
    word: "Nothing to do",
    icon: CircleMinus,
    tone: "neutral",
    sentence: "A kind of event that changes nothing here, or a scanner on our own unsubscribe link.",
  },
  failed: {
    word: "Failed",
    icon: CircleX,
    tone: "bad",
    sentence: "It could not be used. It is kept whole, and can be tried again once the cause is gone.",
  },
};
export const OUTCOME_NAMES = Object.keys(OUTCOMES) as DeliveryOutcome[];

/** Kept whole, so that it can be tried again. */
export const isReplayable = (outcome: DeliveryOutcome): outcome is ReplayableOutcome =>
  outcome === "unmatched" || outcome === "failed";

/** Kinds of events that say something, as MailerSend and Tally name them. */
export const TYPES: Record<string, string> = {
  "activity.sent": "Left",
  "activity.delivered": "Delivered",
  "activity.opened": "Opened",
  "activity.clicked": "Clicked",
  "activity.soft_bounced": "Bounced for now",
  "activity.hard_bounced": "Bounced for good",
  "activity.deferred": "Put off",
  "activity.spam_complaint": "Marked as spam",
  "activity.unsubscribed": "Unsubscribed",
  FORM_RESPONSE: "Form filled in",
};

/** A kind without a word of ours stands as its sender names it. */
export const typeWord = (type: string): string => TYPES[type] ?? (type || "No type");

/** What became of it, where a form is concerned, in other words than for a message. */
const FORM_SENTENCES: Partial<Record<DeliveryOutcome, string>> = {
  applied: "The answers stand with the person. Its body was not kept.",
  duplicate: "The same submission had come before, so it changed nothing.",
  failed: "It made nobody. It is kept whole: say under Forms where its answers go, then try it again.",
};

export const outcomeSentence = ({ provider, outcome }: WebhookDelivery): string =>
  (provider === "tally" ? FORM_SENTENCES[outcome] : undefined) ?? OUTCOMES[outcome].sentence;

/** Who it is about, for a line. */
export const aboutWords = ({ recipient, campaign, form, contactId }: WebhookDelivery): string =>
  [recipient ?? (campaign && !contactId ? "Erased" : null), campaign?.name ?? form?.name].filter(Boolean).join(" · ");
