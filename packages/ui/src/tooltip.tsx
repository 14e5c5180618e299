import { cloneElement, type ReactElement, type ReactNode, type Ref, useEffect, useId, useRef, useState } from "react";
import { cn } from "./class-names";

/** Below the pointer's patience, above a passing hand. */
const OPEN_DELAY_MS = 350;
const GAP_PX = 6;

type TriggerProps = {
  ref?: Ref<HTMLElement>;
  "aria-describedby"?: string | undefined;
  onPointerEnter?: unknown;
  onPointerLeave?: unknown;
  onFocus?: unknown;
  onBlur?: unknown;
};

/**
 * A short line about its one child, on hover and on keyboard focus; Esc hides it, and the pointer may rest on it.
 *
 * Built on the platform's popover instead of Radix: it is in the frame of every page, and costs 1 kB there instead of 15.
 * It describes; it never carries the only name of a control (give that `aria-label`).
 */
export function Tooltip({
  content,
  children,
  className,
}: {
  content: ReactNode;
  children: ReactElement<TriggerProps>;
  className?: string;
}) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const anchor = useRef<HTMLElement | null>(null);
  const timer = useRef<number>(undefined);
  const [isOpen, setOpen] = useState(false);

  const show = (target: EventTarget & Element, delayMs: number) => {
    anchor.current = target as HTMLElement;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(true), delayMs);
  };
  const hide = () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(false), 80);
  };

  useEffect(() => () => window.clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isOpen || !tip.current || !anchor.current) return;
    tip.current.showPopover();
    place(tip.current, anchor.current);
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key !== "Escape") return;
      setOpen(false);
    };
    document.addEventListener("keydown", close, true);
    window.addEventListener("scroll", close, true);
    return () => {
      document.removeEventListener("keydown", close, true);
      window.removeEventListener("scroll", close, true);
    };
  }, [isOpen]);

  return (
    <>
      {cloneElement(children, {
        "aria-describedby": isOpen ? id : children.props["aria-describedby"],
        onPointerEnter: (event: React.PointerEvent) =>
          event.pointerType === "mouse" && show(event.currentTarget, OPEN_DELAY_MS),
        onPointerLeave: hide,
        onFocus: (event: React.FocusEvent) => {
          if (event.currentTarget.matches(":focus-visible")) show(event.currentTarget, 0);
          (children.props.onFocus as ((e: React.FocusEvent) => void) | undefined)?.(event);
        },
        onBlur: (event: React.FocusEvent) => {
          hide();
          (children.props.onBlur as ((e: React.FocusEvent) => void) | undefined)?.(event);
        },
      })}
      {isOpen && (
        <span
          ref={tip}
          id={id}
          role="tooltip"
          popover="manual"
          onPointerEnter={() => window.clearTimeout(timer.current)}
          onPointerLeave={hide}
          className={cn(
            "fixed inset-auto m-0 max-w-72 rounded-md border border-border-strong bg-popover px-2 py-1 text-left font-sans text-xs font-normal whitespace-normal text-foreground shadow-float",
            className,
          )}
        >
          {content}
        </span>
      )}
    </>
  );
}

/** Under the anchor, centred, pushed inside the window; above when there is no room below. */
function place(tip: HTMLElement, anchor: HTMLElement) {
  const at = anchor.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), window.innerWidth - width - 8);
  const isRoomBelow = at.bottom + GAP_PX + height < window.innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${isRoomBelow ? at.bottom + GAP_PX : at.top - GAP_PX - height}px`;
}
