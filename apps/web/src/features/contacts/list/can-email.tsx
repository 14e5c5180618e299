import type { Emailability } from "@hustings/contracts/contacts";
import { StatusPill } from "@hustings/ui/status";
import type { Tone } from "@hustings/ui/tone";
import {
  Ban,
  BellOff,
  CircleCheck,
  CircleMinus,
  CircleX,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from "lucide-react";

const LOOK: Record<Emailability, { word: string; icon: LucideIcon; tone: Tone }> = {
  yes: { word: "Yes", icon: CircleCheck, tone: "neutral" },
  no_email: { word: "No email", icon: CircleMinus, tone: "neutral" },
  unsubscribed: { word: "Said no", icon: BellOff, tone: "neutral" },
  hard_bounce: { word: "Bounced", icon: CircleX, tone: "bad" },
  soft_bounces: { word: "Soft bounces", icon: TriangleAlert, tone: "look" },
  complaint: { word: "Marked spam", icon: OctagonX, tone: "bad" },
  suppressed: { word: "Suppressed", icon: Ban, tone: "look" },
};

/** Whether a campaign could reach this person now, in a word. */
export function CanEmail({ value }: { value: Emailability }) {
  const { word, icon, tone } = LOOK[value];
  return (
    <StatusPill tone={tone} icon={icon} isBare className={tone === "neutral" ? "font-normal" : undefined}>
      {word}
    </StatusPill>
  );
}
