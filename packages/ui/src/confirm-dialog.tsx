import { Trash2 } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "./button";
import { formatCount } from "./count";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

export type ConfirmDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** “Delete 41 people?” */
  title: ReactNode;
  /** What is lost, what stays, whether it can be undone. */
  children: ReactNode;
  /** “Delete 41 people”. */
  confirmLabel: string;
  /** “Keep them”. */
  keepLabel: string;
  /** A count to type before it works. For one thing leave it out. */
  countToType?: number;
  icon?: ReactNode;
  /** `send` where it lets mail out. */
  confirmVariant?: "danger" | "send";
  isBusy?: boolean;
  /** Why it did not work; what was typed stays. */
  error?: ReactNode;
  onConfirm: () => void;
};

/**
 * For what cannot be undone: outlined red with a bin, never filled, or marigold where mail leaves; the safe button comes
 * first and has the focus.
 */
export function ConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  children,
  confirmLabel,
  keepLabel,
  countToType,
  icon,
  confirmVariant = "danger",
  isBusy,
  error,
  onConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const keep = useRef<HTMLButtonElement>(null);
  const formId = useId();
  useEffect(() => {
    if (isOpen) setTyped("");
  }, [isOpen]);
  const isRight = countToType === undefined || typed.replace(/[\s,.]/g, "") === String(countToType);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRight && !isBusy) onConfirm();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={title}
      description={children}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={() => onOpenChange(false)}>
            {keepLabel}
          </Button>
          <Button
            type="submit"
            form={formId}
            variant={confirmVariant}
            icon={icon ?? <Trash2 aria-hidden />}
            isBusy={isBusy}
            offReason={!isRight && `Type ${formatCount(countToType ?? 0)} first`}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        {countToType !== undefined && (
          <Field label={`Type ${formatCount(countToType)} to confirm`} className="w-40">
            <Input
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              inputMode="numeric"
              autoComplete="off"
              boxClassName="w-28"
            />
          </Field>
        )}
        {error}
      </form>
    </Dialog>
  );
}
