import { lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import type * as Stack from "./toast-stack";

const loadStack = () => import("./toast-stack");
const ToastStack = lazy(() => loadStack().then((module) => ({ default: module.ToastStack })));

let isWanted = false;
const listeners = new Set<() => void>();

function show(use: (stack: typeof Stack) => void): void {
  isWanted = true;
  for (const listener of listeners) listener();
  void loadStack().then(use);
}

/** Where toasts appear: bottom left, once, in the app. Its code is loaded with the first message. */
export function Toaster() {
  const isShown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => isWanted,
    () => false,
  );
  return isShown ? (
    <Suspense>
      <ToastStack />
    </Suspense>
  ) : null;
}

type Undoable = { undo: () => void };
let latest: Undoable | null = null;

/** Takes back the last thing that offered it; the frame's `z`. */
export function undoLast(): void {
  latest?.undo();
}

export type DoneOptions = {
  /** Takes it back. Shown as a button and bound to `z` while the message stands. */
  onUndo?: () => void;
};

/** Something was done: “Tagged 3 people with Volunteer”. 6 seconds, with a way back where there is one. */
export function notifyDone(message: ReactNode, { onUndo }: DoneOptions = {}): void {
  show((stack) => {
    if (!onUndo) return void stack.showDone(message);
    const undoable: Undoable = {
      undo: () => {
        dismiss();
        onUndo();
      },
    };
    const forget = () => {
      if (latest === undoable) latest = null;
    };
    latest = undoable;
    const dismiss = stack.showDone(message, { onUndo: undoable.undo, onGone: forget });
  });
}

/** Something did not work: stays until closed. `onRetry` offers to try again. */
export function notifyFailed(message: ReactNode, options: { onRetry?: () => void } = {}): void {
  show((stack) => stack.showFailed(message, options));
}
