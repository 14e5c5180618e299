import { Check, CircleAlert } from "lucide-react";
import { createContext, type ReactNode, use, useId } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

/** What a control inside a `Field` needs so that label, hint and error belong to it. */
export type FieldControl = { id: string; "aria-describedby"?: string; "aria-invalid"?: true; "aria-required"?: true };

const FieldContext = createContext<FieldControl | null>(null);

/** The attributes of the surrounding `Field`, or nothing outside of one. Controls of ours call it themselves. */
export function useFieldControl(): Partial<FieldControl> {
  return use(FieldContext) ?? {};
}

export type FieldProps = {
  label: ReactNode;
  /** Below the control, until an error takes its place. */
  hint?: ReactNode;
  /** What is wrong and how to fix it: “Write the whole address, like zanele@openrivers.example”. */
  error?: ReactNode;
  isRequired?: boolean;
  /** Shows a quiet “optional” beside the label. */
  isOptional?: boolean;
  /** For fields that save by themselves. */
  saving?: "saving" | "saved";
  /** Keeps the label for screen readers only. */
  isLabelHidden?: boolean;
  className?: string;
  children: ReactNode;
};

/** Label above, control, hint below; an error replaces the hint. One control per field. */
export function Field({
  label,
  hint,
  error,
  isRequired,
  isOptional,
  saving,
  isLabelHidden,
  className,
  children,
}: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const control: FieldControl = {
    id,
    ...(error || hint ? { "aria-describedby": noteId } : {}),
    ...(error ? { "aria-invalid": true as const } : {}),
    ...(isRequired ? { "aria-required": true as const } : {}),
  };
  return (
    <div className={cn("min-w-0", className)}>
      <div className={cn("mb-1 flex items-baseline gap-2", isLabelHidden && "sr-only")}>
        <Label htmlFor={id}>{label}</Label>
        {isOptional && <span className="text-xs text-muted-foreground">optional</span>}
        <SavingNote saving={saving} />
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      {error ? <FieldError id={noteId}>{error}</FieldError> : hint ? <Hint id={noteId}>{hint}</Hint> : null}
    </div>
  );
}

export function Label({ htmlFor, className, children }: { htmlFor?: string; className?: string; children: ReactNode }) {
  return (
    <label htmlFor={htmlFor} className={cn("text-sm font-semibold", className)}>
      {children}
    </label>
  );
}

/** A quiet line below a control. */
export function Hint({ id, className, children }: { id?: string; className?: string; children: ReactNode }) {
  return (
    <p id={id} className={cn("mt-1 text-[12.5px] leading-[17px] text-muted-foreground", className)}>
      {children}
    </p>
  );
}

/** What is wrong with one control. Announced when it appears. */
export function FieldError({ id, className, children }: { id?: string; className?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className={cn("mt-1 flex items-start gap-1.5 text-sm text-danger", className)}>
      <CircleAlert aria-hidden className="mt-px" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}

function SavingNote({ saving }: { saving: "saving" | "saved" | undefined }) {
  return (
    <span
      role="status"
      className="ml-auto inline-flex items-center gap-1 self-center text-xs text-muted-foreground empty:hidden"
    >
      {saving === "saving" && (
        <>
          <Spinner className="size-3" />
          Saving
        </>
      )}
      {saving === "saved" && (
        <>
          <Check aria-hidden className="size-3 text-success" />
          Saved
        </>
      )}
    </span>
  );
}
