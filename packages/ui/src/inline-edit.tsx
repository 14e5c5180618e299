import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { cn } from "./class-names";
import { FieldError, Hint } from "./field";
import { Spinner } from "./spinner";

export type InlineEditProps = {
  /** The field's name, spoken: “City”. */
  label: string;
  value: string;
  /** What is read when not editing; default the value, or `empty`. */
  display?: ReactNode;
  empty?: string;
  /** Saves. Reject to keep the editor open with the message. */
  onSave: (value: string) => Promise<void>;
  inputMode?: "text" | "numeric" | "decimal" | "email" | "tel" | "url";
  type?: "text" | "date";
  /** Read-only with a reason on hover. */
  readOnlyReason?: string;
};

/** A fact that is edited where it stands: click or Enter opens, Enter saves, Esc restores. What was typed stays on an error. */
export function InlineEdit({
  label,
  value,
  display,
  empty = "Add",
  onSave,
  inputMode,
  type = "text",
  readOnlyReason,
}: InlineEditProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const wasEditing = useRef(false);
  const isEditing = draft !== null;

  useEffect(() => {
    if (isEditing) input.current?.select();
    else if (wasEditing.current) trigger.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  const close = () => {
    setDraft(null);
    setError(null);
  };
  const save = () => {
    if (draft === null || draft.trim() === value) return close();
    setSaving(true);
    onSave(draft.trim())
      .then(close, (reason: unknown) =>
        setError(reason instanceof Error ? reason.message : "It did not save. Try again."),
      )
      .finally(() => setSaving(false));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      save();
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  };

  if (readOnlyReason)
    return <span title={readOnlyReason}>{display ?? (value || <span className="text-muted-foreground">–</span>)}</span>;
  if (!isEditing)
    return (
      <button
        ref={trigger}
        type="button"
        onClick={() => setDraft(value)}
        className="-mx-1.5 block w-[calc(100%+12px)] rounded-sm px-1.5 py-px text-left wrap-anywhere hover:bg-hover"
      >
        <span className="sr-only">Change {label}: </span>
        {display ?? (value || <span className="text-muted-foreground">{empty}</span>)}
      </button>
    );
  return (
    <div>
      <div className="relative">
        <input
          ref={input}
          type={type}
          inputMode={inputMode}
          aria-label={label}
          aria-invalid={error ? true : undefined}
          value={draft}
          readOnly={isSaving}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => !error && save()}
          className={cn(
            "-ml-1.5 block h-8 w-[calc(100%+6px)] rounded-md border border-input bg-card px-2.5 outline-2 outline-offset-1 outline-ring",
            error && "border-danger outline-danger",
          )}
        />
        {isSaving && <Spinner className="absolute top-2 right-2" />}
      </div>
      {error ? <FieldError>{error}</FieldError> : <Hint>Enter saves, Esc keeps the old value</Hint>}
    </div>
  );
}
