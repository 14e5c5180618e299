import { CircleAlert, CircleCheck, Undo2, X } from "lucide-react";
import type { ReactNode } from "react";
import { Toaster as Primitive, toast as show } from "sonner";
import { Button, IconButton } from "./button";
import { Kbd } from "./kbd";

/** Long enough to read and to press Undo. */
const SHOWN_MS = 6000;

let undoLatest: (() => void) | null = null;

/** Takes back the last thing that offered it; the frame's `z`. False when there is nothing. */
export function undoLast(): boolean {
  const undo = undoLatest;
  undo?.();
  return undo !== null;
}

/** Where toasts appear: bottom left, once, in the app's frame. */
export function Toaster() {
  return <Primitive position="bottom-left" offset={20} mobileOffset={{ bottom: 68, left: 8, right: 8 }} gap={8} visibleToasts={4} toastOptions={{ unstyled: true, className: "w-full" }} containerAriaLabel="Messages" />;
}

function Box({ id, tone, children }: { id: string | number; tone: "good" | "bad"; children: ReactNode }) {
  const Icon = tone === "good" ? CircleCheck : CircleAlert;
  return (
    <div className="flex w-full items-center gap-2.5 rounded-lg border border-border-strong bg-popover px-3 py-2.5 text-table text-foreground shadow-float md:w-90">
      <Icon aria-hidden className={tone === "good" ? "text-success" : "text-danger"} />
      {children}
      <IconButton size="sm" label="Close" icon={<X aria-hidden />} onClick={() => show.dismiss(id)} className="-mr-1" />
    </div>
  );
}

export type DoneOptions = {
  /** Takes it back. Shown as a button and bound to `z` while the message stands. */
  onUndo?: () => void;
};

/** Something was done: “Tagged 3 people with Volunteer”. 6 seconds, with a way back where there is one. */
export function notifyDone(message: ReactNode, { onUndo }: DoneOptions = {}): void {
  const forget = () => {
    if (undoLatest === undo) undoLatest = null;
  };
  const undo = () => {
    show.dismiss(id);
    forget();
    onUndo?.();
  };
  if (onUndo) undoLatest = undo;
  const id = show.custom(
    (toastId) => (
      <Box id={toastId} tone="good">
        <p className="min-w-0 flex-1 wrap-anywhere">{message}</p>
        {onUndo && (
          <Button size="sm" icon={<Undo2 aria-hidden />} trailing={<Kbd className="max-md:hidden">z</Kbd>} onClick={undo}>
            Undo
          </Button>
        )}
      </Box>
    ),
    { duration: SHOWN_MS, onAutoClose: forget, onDismiss: forget },
  );
}

/** Something did not work: stays until closed. `onRetry` offers to try again. */
export function notifyFailed(message: ReactNode, { onRetry }: { onRetry?: () => void } = {}): void {
  show.custom(
    (id) => (
      <Box id={id} tone="bad">
        <p role="alert" className="min-w-0 flex-1 wrap-anywhere">
          {message}
        </p>
        {onRetry && (
          <Button
            size="sm"
            onClick={() => {
              show.dismiss(id);
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
