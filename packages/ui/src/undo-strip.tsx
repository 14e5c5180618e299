import { Undo2 } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button";

export type UndoStripProps = {
  /** When the mail leaves. */
  leavesAt: Date;
  /** How long it is held in all, for the ring. */
  heldMs: number;
  /** “4,812 emails leave”; the time follows. */
  children: ReactNode;
  /** What it is: the campaign's name. */
  subject?: ReactNode;
  onTakeBack: () => void;
  isBusy?: boolean;
  /** Mail to the sandbox is blue here too. */
  isSandbox?: boolean;
};

/** Seconds at which the rest is announced; each one would be noise. */
const ANNOUNCED = [30, 10];

/** On every page while mail is held: count, ring, “Take it back”. */
export function UndoStrip({ leavesAt, heldMs, children, subject, onTakeBack, isBusy, isSandbox }: UndoStripProps) {
  const secondsLeft = useSecondsLeft(leavesAt);
  const share = Math.min(1, (secondsLeft * 1000) / heldMs);
  const clock = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`;
  const ink = isSandbox ? "var(--sandbox-line)" : "var(--send-border)";
  return (
    <section
      aria-label="Mail that can be taken back"
      className={`flex flex-wrap items-center gap-2.5 rounded-lg border px-3 py-2.5 text-table shadow-float ${isSandbox ? "border-sandbox-line bg-sandbox-soft" : "border-send-border bg-send-soft"}`}
    >
      <svg viewBox="0 0 26 26" aria-hidden className="size-[26px] shrink-0 -rotate-90">
        <circle cx="13" cy="13" r="11" fill="none" strokeWidth="3" stroke="var(--border-strong)" />
        <circle
          cx="13"
          cy="13"
          r="11"
          fill="none"
          strokeWidth="3"
          stroke={ink}
          strokeDasharray={`${share * 69.1} 70`}
        />
      </svg>
      <p className="min-w-0 flex-1">
        <b>
          {children} in {clock}
        </b>
        {subject && <span className="block text-sm">{subject}</span>}
      </p>
      <Button size="sm" icon={<Undo2 aria-hidden />} onClick={onTakeBack} isBusy={isBusy}>
        Take it back
      </Button>
      <span role="status" className="sr-only">
        {children}
        {ANNOUNCED.includes(secondsLeft) ? ` in ${secondsLeft} seconds` : ""}
      </span>
    </section>
  );
}

function useSecondsLeft(until: Date): number {
  const left = () => Math.max(0, Math.ceil((until.getTime() - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  // `left` reads only `until`.
  useEffect(() => {
    setSeconds(left());
    const timer = window.setInterval(() => setSeconds(left()), 250);
    return () => window.clearInterval(timer);
  }, [until.getTime()]);
  return seconds;
}
