import { X } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { cn } from "./class-names";
import { Tooltip } from "./tooltip";

/** The colours offered for tags, by stored value. Marigold is not among them: it means mail. */
export const TAG_COLORS = [
  { value: "#14513f", name: "Evergreen", token: "var(--chart-1)" },
  { value: "#7d4a86", name: "Plum", token: "var(--chart-2)" },
  { value: "#3b6fd6", name: "Blue", token: "var(--chart-3)" },
  { value: "#b4482f", name: "Brick", token: "var(--chart-4)" },
  { value: "#7d857f", name: "Stone", token: "var(--chart-5)" },
] as const;

/** How a stored `#rrggbb` is drawn: the offered ones follow the theme, any other is taken as it is. */
export function tagColorToCss(color: string | null | undefined): string {
  if (!color) return "var(--muted-foreground)";
  return TAG_COLORS.find((offered) => offered.value === color.toLowerCase())?.token ?? color;
}

/** The small square of a tag's colour. */
export function TagSwatch({ color, className }: { color?: string | null | undefined; className?: string }) {
  return (
    <i
      aria-hidden
      style={{ background: tagColorToCss(color) } as CSSProperties}
      className={cn("size-[7px] shrink-0 rounded-[2px]", className)}
    />
  );
}

export type TagProps = {
  children: ReactNode;
  color?: string | null | undefined;
  /** Shows the square even without a colour; plain labels such as “Admin” go without. */
  hasSwatch?: boolean;
  /** Adds a button that takes it away; `removeLabel` names it: “Remove Volunteer”. */
  onRemove?: () => void;
  removeLabel?: string;
  className?: string;
};

/** A label: a tag of a contact, a role. */
export function Tag({ children, color, hasSwatch, onRemove, removeLabel, className }: TagProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full items-center gap-[5px] rounded-sm bg-neutral-soft px-[7px] text-xs leading-5 whitespace-nowrap text-foreground inset-ring inset-ring-border-strong",
        onRemove && "h-6 pr-0",
        className,
      )}
    >
      {(hasSwatch || color) && <TagSwatch color={color} />}
      <span className="truncate">{children}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel ?? "Remove"}
          onClick={onRemove}
          className="grid size-6 place-items-center rounded-sm text-muted-foreground hover:text-foreground"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </span>
  );
}

/** At most two tags, then “+2” whose hover and focus name the rest. Nothing at all reads “–”. */
export function TagList({
  tags,
  limit = 2,
}: {
  tags: readonly { id: string; name: string; color?: string | null }[];
  limit?: number;
}) {
  if (tags.length === 0) return <span className="text-muted-foreground">–</span>;
  const rest = tags.slice(limit);
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      {tags.slice(0, limit).map((tag) => (
        <Tag key={tag.id} color={tag.color} hasSwatch className="min-w-0">
          {tag.name}
        </Tag>
      ))}
      {rest.length > 0 && (
        <Tooltip content={rest.map((tag) => tag.name).join(", ")}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what was cut off must be readable by keyboard too */}
          <span tabIndex={0} className="rounded-sm text-xs text-muted-foreground">
            +{rest.length}
            <span className="sr-only"> more: {rest.map((tag) => tag.name).join(", ")}</span>
          </span>
        </Tooltip>
      )}
    </span>
  );
}
