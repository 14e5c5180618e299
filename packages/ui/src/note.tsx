import { CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { TONE_ICON, TONE_TEXT, type Tone } from "./tone";

const GROUND: Record<Tone, string> = {
  neutral: "bg-neutral-soft",
  info: "bg-info-soft",
  good: "bg-success-soft",
  look: "bg-warning-soft",
  bad: "bg-danger-soft",
  sandbox: "bg-sandbox-soft",
  send: "bg-send-soft",
};

/** Something to know, in the flow of the page. `isAlert` for what appears after an act. */
export function Note({
  tone = "neutral",
  icon,
  isAlert,
  className,
  children,
}: {
  tone?: Tone;
  icon?: LucideIcon;
  isAlert?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const Icon = icon ?? (tone === "bad" ? CircleAlert : TONE_ICON[tone]);
  return (
    <div
      role={isAlert ? "alert" : undefined}
      className={cn("flex gap-2.5 rounded-md px-3 py-2.5 text-sm", GROUND[tone], className)}
    >
      <Icon aria-hidden className={cn("mt-px", tone === "neutral" ? "text-foreground" : TONE_TEXT[tone])} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
