import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./class-names";

/** The veil under everything modal. */
export const SCRIM =
  "fixed inset-0 z-40 bg-scrim duration-(--speed) data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0";

export const DialogClose = Primitive.Close;

export type DialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The question with the number: “Delete 41 people?” */
  title: ReactNode;
  /** What is lost and what stays. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons that repeat the verb; the safe one first, so that it has the focus. */
  footer?: ReactNode;
  /** Default 440 px. */
  width?: "md" | "lg";
  /** Where the focus goes first, instead of the first control. */
  initialFocus?: React.RefObject<HTMLElement | null>;
};

/** Only for what cannot be undone, or needs input. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = "md",
  initialFocus,
}: DialogProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={SCRIM} />
        <Primitive.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={(event) => {
            if (!initialFocus?.current) return;
            event.preventDefault();
            initialFocus.current.focus();
          }}
          className={cn(
            "fixed top-[max(16px,12vh)] left-1/2 z-50 flex max-h-[calc(100dvh-32px-12vh)] w-[calc(100vw-16px)] -translate-x-1/2 flex-col rounded-lg border border-border-strong bg-popover shadow-float",
            "duration-(--speed) data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:animate-in data-[state=open]:fade-in-0 focus-visible:outline-none",
            width === "lg" ? "max-w-[640px]" : "max-w-[440px]",
          )}
        >
          <div className="flex items-start gap-2 px-4 pt-4">
            <Primitive.Title className="min-w-0 flex-1 wrap-anywhere">{title}</Primitive.Title>
          </div>
          <div className="min-h-0 flex-1 overflow-auto px-4 pt-1.5 pb-4">
            {description && <Primitive.Description className="text-sm">{description}</Primitive.Description>}
            {children && <div className={description ? "mt-2.5" : "mt-1"}>{children}</div>}
            {footer && <div className="mt-4 flex flex-wrap items-center gap-2">{footer}</div>}
          </div>
          <Primitive.Close asChild>
            <IconButton label="Close" size="sm" icon={<X aria-hidden />} className="absolute top-3 right-3" />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
