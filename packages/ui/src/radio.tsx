import { type ReactNode, useId } from "react";
import { cn } from "./class-names";
import { FieldError, Hint } from "./field";

export type RadioOption<Value extends string> = {
  value: Value;
  label: ReactNode;
  hint?: ReactNode;
  isDisabled?: boolean;
};

export type RadioGroupProps<Value extends string> = {
  /** The question, above the answers. */
  label: ReactNode;
  isLabelHidden?: boolean;
  value: Value | null | undefined;
  onValueChange: (value: Value) => void;
  options: readonly RadioOption<Value>[];
  hint?: ReactNode;
  error?: ReactNode;
  /** Side by side where there is room. */
  isInline?: boolean;
  className?: string;
};

/** One of a few, all in sight. Arrow keys move, as the browser does it. */
export function RadioGroup<Value extends string>({
  label,
  isLabelHidden,
  value,
  onValueChange,
  options,
  hint,
  error,
  isInline,
  className,
}: RadioGroupProps<Value>) {
  const name = useId();
  const noteId = `${name}-note`;
  return (
    <fieldset className={cn("min-w-0", className)} aria-describedby={error || hint ? noteId : undefined}>
      <legend className={cn("mb-1.5 text-sm font-semibold", isLabelHidden && "sr-only")}>{label}</legend>
      <div className={cn("flex gap-x-4 gap-y-1.5", isInline ? "flex-wrap" : "flex-col")}>
        {options.map((option) => (
          <label key={option.value} className="flex min-h-6 items-start gap-2.5 max-md:min-h-8">
            <span className="flex h-5 items-center">
              <input
                type="radio"
                name={name}
                value={option.value}
                checked={option.value === value}
                disabled={option.isDisabled}
                onChange={() => onValueChange(option.value)}
                className="relative size-4 shrink-0 cursor-pointer appearance-none rounded-full border-[1.5px] border-input bg-card after:absolute after:-inset-1.5 checked:border-primary checked:bg-primary checked:before:absolute checked:before:inset-[3.5px] checked:before:rounded-full checked:before:bg-primary-foreground disabled:cursor-not-allowed disabled:border-border-strong disabled:bg-sunken"
              />
            </span>
            <span className={cn("min-w-0", option.isDisabled && "text-muted-foreground")}>
              {option.label}
              {option.hint && <span className="block text-sm text-muted-foreground">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error ? <FieldError id={noteId}>{error}</FieldError> : hint ? <Hint id={noteId}>{hint}</Hint> : null}
    </fieldset>
  );
}
