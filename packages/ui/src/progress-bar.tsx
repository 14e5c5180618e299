import { cn } from "./class-names";
import { type Fill, SplitBar, type SplitBarPart } from "./split-bar";

export type ProgressBarProps = {
  label: string;
  value: number;
  max: number;
  /** `send` for mail that leaves, `sandbox` for mail that is caught. */
  tone?: "primary" | "send" | "sandbox" | "bad";
  className?: string;
};

const INK = { primary: "bg-primary", send: "bg-send", sandbox: "bg-sandbox", bad: "bg-danger" };

/** How far something is. Never moves ahead of the facts: no animation. */
export function ProgressBar({ label, value, max, tone = "primary", className }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className={cn("h-2 overflow-hidden rounded-full bg-neutral-soft inset-ring inset-ring-border-strong", className)}
    >
      <i className={cn("block h-full", INK[tone])} style={{ width: `${share * 100}%` }} />
    </div>
  );
}

/** Long work by outcome: what is done in its parts, and the rest outlined. */
export function OutcomeBar({
  label,
  parts,
  total,
  restLabel = "still to come",
  className,
}: {
  label: string;
  parts: readonly (SplitBarPart & { fill?: Fill })[];
  total: number;
  restLabel?: string;
  className?: string;
}) {
  const done = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <SplitBar
      label={label}
      className={className}
      parts={[...parts, { key: "rest", label: restLabel, value: Math.max(0, total - done), fill: "outlined" }]}
    />
  );
}
