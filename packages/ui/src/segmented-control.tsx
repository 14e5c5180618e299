import type { ReactNode } from "react";
import { cn } from "./class-names";

export type SegmentedControlProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  /** `label` is spoken when `hasIconOnly`. */
  options: readonly { value: Value; label: string; icon?: ReactNode; count?: ReactNode }[];
  hasIconOnly?: boolean;
  className?: string;
};

/** Two to five ways to look at the same thing. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  onValueChange,
  options,
  hasIconOnly,
  className,
}: SegmentedControlProps<Value>) {
  return (
    <fieldset
      aria-label={label}
      className={cn("inline-flex min-w-0 max-w-full overflow-x-auto rounded-md border border-input bg-card", className)}
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          aria-label={hasIconOnly ? option.label : undefined}
          title={hasIconOnly ? option.label : undefined}
          onClick={() => onValueChange(option.value)}
          className="inline-flex h-[30px] items-center gap-1.5 border-l border-border px-2.5 text-sm whitespace-nowrap text-muted-foreground transition-colors first:border-l-0 hover:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-primary-soft aria-pressed:font-semibold aria-pressed:text-foreground max-md:h-[38px]"
        >
          {option.icon}
          {!hasIconOnly && option.label}
          {option.count !== undefined && <span>{option.count}</span>}
        </button>
      ))}
    </fieldset>
  );
}
