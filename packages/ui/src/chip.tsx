import { Plus, X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export type FilterChipProps = {
  /** Reads as a sentence: “Language is any of Slovenščina, English”. */
  field: ReactNode;
  operator?: ReactNode;
  value?: ReactNode;
  /** Opens the filter for a change. */
  onOpen?: () => void;
  onRemove?: () => void;
  /** Names the removing button: “Drop the filter Language”. */
  removeLabel?: string;
  className?: string;
};

/** A filter that is on. */
export function FilterChip({
  field,
  operator,
  value,
  onOpen,
  onRemove,
  removeLabel = "Drop this filter",
  className,
}: FilterChipProps) {
  const words = (
    <>
      {field} {operator && <em className="text-muted-foreground not-italic">{operator}</em>} {value}
    </>
  );
  return (
    <span
      className={cn(
        "inline-flex h-7 max-w-full items-center gap-1 rounded-full border border-border-strong bg-card pl-2.5 text-sm",
        onRemove ? "pr-0.5" : "pr-2.5",
        className,
      )}
    >
      {onOpen ? (
        <button type="button" onClick={onOpen} className="truncate rounded-sm">
          {words}
        </button>
      ) : (
        <span className="truncate">{words}</span>
      )}
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel}
          onClick={onRemove}
          className="grid size-6 shrink-0 place-items-center rounded-full text-muted-foreground hover:bg-hover"
        >
          <X aria-hidden />
        </button>
      )}
    </span>
  );
}

/** The dashed chip that adds one more. */
export function AddChip({ className, children = "Filter", ...rest }: ComponentProps<"button">) {
  return (
    <button
      type="button"
      className={cn(
        "inline-flex h-7 items-center gap-1.5 rounded-full border border-dashed border-input px-2.5 text-sm whitespace-nowrap hover:bg-hover",
        className,
      )}
      {...rest}
    >
      <Plus aria-hidden className="size-3.5" />
      {children}
    </button>
  );
}
