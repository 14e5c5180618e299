import { CircleAlert, CircleCheck, Undo2, X } from "lucide-react";
import type { ReactNode } from "react";
import { Toaster, toast } from "sonner";
import { Button, IconButton } from "./button";
import { Kbd } from "./kbd";

/** Long enough to read and to press Undo. */
const SHOWN_MS = 6000;

/** The messages themselves; loaded by `toast` with the first one. */
export function ToastStack() {
  return (
    <Toaster
      expand
      position="bottom-left"
      offset={20}
      mobileOffset={{ bottom: 68, left: 8, right: 8 }}
      gap={8}
      visibleToasts={4}
      toastOptions={{ unstyled: true, className: "w-full" }}
      containerAriaLabel="Messages"
    />
  );
}

function Box({ id, tone, children }: { id: string | number; tone: "good" | "bad"; children: ReactNode }) {
  const Icon = tone === "good" ? CircleCheck : CircleAlert;
  return (
    <div className="flex w-full items-center gap-2.5 rounded-lg border border-border-strong bg-popover px-3 py-2.5 font-sans text-table text-foreground shadow-float md:w-90">
      <Icon aria-hidden className={tone === "good" ? "text-success" : "text-danger"} />
      {children}
      <IconButton
        size="sm"
        label="Close"
        icon={<X aria-hidden />}
        onClick={() => toast.dismiss(id)}
        className="-mr-1"
      />
    </div>
  );
}

/** Shows that something was done. Gives back how to take the message away; `onGone` follows however it goes. */
export function showDone(
  message: ReactNode,
  { onUndo, onGone }: { onUndo?: () => void; onGone?: () => void } = {},
): () => void {
  const id = toast.custom(
    (toastId) => (
      <Box id={toastId} tone="good">
        <p className="min-w-0 flex-1 wrap-anywhere">{message}</p>
        {onUndo && (
          <Button
            size="sm"
            icon={<Undo2 aria-hidden />}
            trailing={<Kbd className="max-md:hidden">z</Kbd>}
            onClick={onUndo}
          >
            Undo
          </Button>
        )}
      </Box>
    ),
    { duration: SHOWN_MS, onAutoClose: onGone, onDismiss: onGone },
  );
  return () => void toast.dismiss(id);
}

/** Shows that something did not work, until it is closed. */
export function showFailed(message: ReactNode, { onRetry }: { onRetry?: () => void }): void {
  toast.custom(
    (id) => (
      <Box id={id} tone="bad">
        <p role="alert" className="min-w-0 flex-1 wrap-anywhere">
          {message}
        </p>
        {onRetry && (
          <Button
            size="sm"
            onClick={() => {
              toast.dismiss(id);
              onRetry();
            }}
          >
            Try again
          </Button>
        )}
      </Box>
    ),
    { duration: Number.POSITIVE_INFINITY },
  );
}
