import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./class-names";
import { FieldError } from "./field";

export type ConditionRowProps = {
  /** “who”, “and”, “or”. */
  joiner: string;
  /** Names the group: “Condition 2”. */
  label: string;
  field: ReactNode;
  operator?: ReactNode;
  value?: ReactNode;
  onRemove?: () => void;
  /** At the condition it belongs to, with how to fix it. */
  error?: ReactNode;
  /** Set on the value's control with `aria-describedby`. */
  errorId?: string;
  /** How many are left after this line. */
  counted?: ReactNode;
};

/** A line of the segment builder that reads as a sentence. */
export function ConditionRow({
  joiner,
  label,
  field,
  operator,
  value,
  onRemove,
  error,
  errorId,
  counted,
}: ConditionRowProps) {
  return (
    <fieldset
      aria-label={label}
      className="grid min-w-0 grid-cols-[44px_minmax(0,1fr)_148px_minmax(0,1.15fr)_32px] items-center gap-2 py-1.5 max-md:grid-cols-[minmax(0,1fr)_40px] max-md:border-t max-md:border-border max-md:py-2.5 [&>*]:max-md:col-start-1"
    >
      <span className="text-right text-table text-muted-foreground max-md:text-left">{joiner}</span>
      {field}
      {operator ?? <span className="max-md:hidden" />}
      {value ?? <span className="max-md:hidden" />}
      {onRemove && (
        <IconButton
          label={`Remove ${label.toLowerCase()}`}
          icon={<X aria-hidden />}
          onClick={onRemove}
          className="max-md:col-start-2! max-md:row-start-2"
        />
      )}
      {error && (
        <FieldError id={errorId} className="col-span-3 col-start-2 mt-0 max-md:col-span-2">
          {error}
        </FieldError>
      )}
      {!error && counted && (
        <p className={cn("col-span-3 col-start-2 text-xs text-muted-foreground max-md:col-span-2")}>{counted}</p>
      )}
    </fieldset>
  );
}
