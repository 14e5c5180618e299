import type { Interaction, InteractionType } from "@hustings/contracts/interactions";
import type { StatusState } from "@hustings/ui/status";
import { formatDay } from "@hustings/ui/time";
import {
  CalendarDays,
  FileText,
  Handshake,
  type LucideIcon,
  MailOpen,
  MailPlus,
  MessageSquare,
  Milestone,
  Phone,
  Users,
} from "lucide-react";

export type TimelineKind = "person" | "email" | "machine";

type Look = { word: string; icon: LucideIcon; kind: TimelineKind };

/** How each kind of interaction is told. */
export const INTERACTION_LOOK: Record<InteractionType, Look> = {
  email_sent: { word: "Email sent", icon: MailPlus, kind: "email" },
  email_received: { word: "Email received", icon: MailOpen, kind: "email" },
  call: { word: "Call", icon: Phone, kind: "person" },
  meeting: { word: "Meeting", icon: Users, kind: "person" },
  note: { word: "Note", icon: MessageSquare, kind: "person" },
  form_submission: { word: "Form sent in", icon: FileText, kind: "machine" },
  event_attended: { word: "Came to an event", icon: CalendarDays, kind: "person" },
  action_taken: { word: "Took action", icon: Handshake, kind: "person" },
  stage_change: { word: "Stage changed", icon: Milestone, kind: "machine" },
};

const EMAIL_STATES: readonly StatusState[] = [
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

/** A campaign's email stands in the timeline with its campaign and what became of it. */
export function readCampaignEmail({ type, metadata }: Interaction): { campaignId: string; state: StatusState } | null {
  const { campaignId, status } = metadata;
  if (type !== "email_sent" || !campaignId) return null;
  return { campaignId, state: EMAIL_STATES.find((state) => state === status) ?? "left" };
}

/** An email of a colleague's own mailbox, as a sentence: “Ada wrote: Boats”, “Wrote to Ada”. */
export function describeMailboxEmail({ type, subject, metadata }: Interaction): string | null {
  const { source, colleague } = metadata;
  if (source !== "gmail" || !colleague) return null;
  const words = type === "email_sent" ? `${colleague} sent an email` : `Sent ${colleague} an email`;
  return subject ? `${words}: ${subject}` : words;
}

export type TimelineSection<Entry> = { label: string; isDay: boolean; entries: Entry[] };

/** Days of the last two weeks, months before that; newest first, as they come. */
export function groupByTime<Entry extends { occurredAt: string }>(
  entries: readonly Entry[],
  now: Date,
): TimelineSection<Entry>[] {
  const sections: TimelineSection<Entry>[] = [];
  for (const entry of entries) {
    const { label, isDay } = labelOf(new Date(entry.occurredAt), now);
    const last = sections.at(-1);
    if (last?.label === label) last.entries.push(entry);
    else sections.push({ label, isDay, entries: [entry] });
  }
  return sections;
}

const DAY_MS = 86_400_000;
const DAYS_BY_NAME = 14;
const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

function labelOf(date: Date, now: Date): { label: string; isDay: boolean } {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY_MS);
  if (days === 0) return { label: "Today", isDay: true };
  const long = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" }).format(date);
  if (days === 1) return { label: `Yesterday, ${long.replace(/^\S+ /, "")}`, isDay: true };
  if (days > 0 && days <= DAYS_BY_NAME) return { label: long, isDay: true };
  if (days < 0) return { label: `To come, ${formatDay(date, now)}`, isDay: true };
  const isThisYear = date.getFullYear() === now.getFullYear();
  const month = new Intl.DateTimeFormat("en-GB", { month: "long", ...(isThisYear ? {} : { year: "numeric" }) });
  return { label: month.format(date), isDay: false };
}
