import type { CSSProperties, ReactNode } from "react";
import { cn } from "./class-names";
import { formatCount } from "./count";

/** How a part is filled, so that it can be told apart without colour. */
export type Fill = "solid" | "hatched" | "dotted" | "outlined";

const FILL: Record<Fill, string> = {
  solid: "bg-current",
  hatched: "fill-hatched inset-ring inset-ring-current",
  dotted: "fill-dotted inset-ring inset-ring-current",
  outlined: "bg-neutral-soft inset-ring inset-ring-border-strong",
};

export type SplitBarPart = {
  key: string;
  /** Spoken and shown on hover: “can be emailed”. */
  label: string;
  value: number;
  fill?: Fill;
  /** A CSS colour, from the tokens: `var(--chart-1)`, `var(--send)`. Default: muted ink. */
  color?: string;
};

const color = (part: { color?: string | undefined }) =>
  ({ color: part.color ?? "var(--muted-foreground)" }) as CSSProperties;

/** One bar, split by who is who. Every part keeps at least 3 px: small numbers stay in sight. */
export function SplitBar({
  label,
  parts,
  className,
}: {
  label: string;
  parts: readonly SplitBarPart[];
  className?: string;
}) {
  const shown = parts.filter((part) => part.value > 0);
  const spoken = shown.map((part) => `${formatCount(part.value)} ${part.label}`).join(", ");
  return (
    <div
      role="img"
      aria-label={`${label}: ${spoken || "nobody"}`}
      className={cn("flex h-3.5 gap-0.5 overflow-hidden rounded-[3px]", className)}
    >
      {shown.length === 0 && <i className={cn("flex-1", FILL.outlined)} />}
      {shown.map((part) => (
        <i
          key={part.key}
          title={`${formatCount(part.value)} ${part.label}`}
          style={{ ...color(part), flexGrow: part.value }}
          className={cn("block min-w-[3px] basis-0", FILL[part.fill ?? "solid"])}
        />
      ))}
    </div>
  );
}

/** The little square that says which part is meant. */
export function SplitBarKey({
  fill = "solid",
  color: ink,
  className,
}: {
  fill?: Fill;
  color?: string;
  className?: string;
}) {
  return (
    <i
      aria-hidden
      style={color({ color: ink })}
      className={cn("inline-block size-3 shrink-0 rounded-[2px] align-[-1px]", FILL[fill], className)}
    />
  );
}

/** Key, number and words in a line. */
export function SplitBarLegend({
  items,
  className,
}: {
  items: readonly { key: string; fill?: Fill; color?: string; children: ReactNode }[];
  className?: string;
}) {
  return (
    <ul className={cn("flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground", className)}>
      {items.map((item) => (
        <li key={item.key} className="flex items-center gap-1.5">
          <SplitBarKey fill={item.fill} color={item.color} />
          {item.children}
        </li>
      ))}
    </ul>
  );
}
