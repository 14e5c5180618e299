import {
  Ban,
  BellOff,
  CalendarClock,
  CircleCheck,
  CircleMinus,
  CirclePause,
  CircleQuestionMark,
  CircleX,
  Clock,
  Inbox,
  type LucideIcon,
  MailCheck,
  MailOpen,
  MailX,
  MousePointerClick,
  OctagonX,
  Pencil,
  Play,
  Send,
} from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { TONE_ICON, TONE_SURFACE, TONE_TEXT, type Tone } from "./tone";

type StatusLook = { word: string; icon: LucideIcon; tone: Tone };

/** One word per state, the same on every screen. Keys are the values of the API. */
const STATUSES = {
  draft: { word: "Draft", icon: Pencil, tone: "neutral" },
  scheduled: { word: "Scheduled", icon: CalendarClock, tone: "info" },
  queued: { word: "Queued", icon: Clock, tone: "info" },
  sending: { word: "Sending", icon: Send, tone: "send" },
  waiting: { word: "Waiting", icon: Clock, tone: "info" },
  running: { word: "Running", icon: Play, tone: "info" },
  paused: { word: "Paused", icon: CirclePause, tone: "look" },
  sent: { word: "Finished", icon: CircleCheck, tone: "good" },
  finished: { word: "Finished", icon: CircleCheck, tone: "good" },
  cancelled: { word: "Cancelled", icon: Ban, tone: "neutral" },
  failed: { word: "Failed", icon: CircleX, tone: "bad" },
  captured: { word: "Caught", icon: Inbox, tone: "sandbox" },
  /** One email, handed to the provider (its `sent`; a campaign's `sent` is “Finished”). */
  left: { word: "Left", icon: Send, tone: "info" },
  delivered: { word: "Delivered", icon: MailCheck, tone: "info" },
  opened: { word: "Opened", icon: MailOpen, tone: "good" },
  clicked: { word: "Clicked", icon: MousePointerClick, tone: "good" },
  bounced: { word: "Bounced", icon: MailX, tone: "bad" },
  complained: { word: "Marked as spam", icon: OctagonX, tone: "bad" },
  unsubscribed: { word: "Unsubscribed", icon: BellOff, tone: "neutral" },
  skipped: { word: "Skipped", icon: CircleMinus, tone: "neutral" },
  unknown: { word: "Unknown", icon: CircleQuestionMark, tone: "neutral" },
} satisfies Record<string, StatusLook>;

export type StatusState = keyof typeof STATUSES;

/** The word of a state, for sentences and filters. */
export const statusWord = (state: StatusState): string => STATUSES[state].word;
/** The icon of a state, for timelines and lists. */
export const statusIcon = (state: StatusState): LucideIcon => STATUSES[state].icon;
export const statusTone = (state: StatusState): Tone => STATUSES[state].tone;

export type StatusPillProps = {
  tone: Tone;
  icon?: LucideIcon;
  children: ReactNode;
  /** Without the ground: for table cells. */
  isBare?: boolean;
  className?: string;
};

/** Icon, word and tone for what is not in the table of states: “2 to look at”, “Engine is up”. */
export function StatusPill({ tone, icon, children, isBare, className }: StatusPillProps) {
  const Icon = icon ?? TONE_ICON[tone];
  return (
    <span
      className={cn(
        "inline-flex items-center gap-[5px] align-middle text-[12.5px] leading-4 font-semibold whitespace-nowrap",
        isBare ? TONE_TEXT[tone] : cn("h-[22px] rounded-full pr-2 pl-1.5", TONE_SURFACE[tone]),
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {children}
    </span>
  );
}

/** The state of a campaign, an email, a run: always icon, word and colour. */
export function Status({ state, isBare, className }: { state: StatusState; isBare?: boolean; className?: string }) {
  const { word, icon, tone } = STATUSES[state];
  return (
    <StatusPill tone={tone} icon={icon} isBare={isBare} className={className}>
      {word}
    </StatusPill>
  );
}
