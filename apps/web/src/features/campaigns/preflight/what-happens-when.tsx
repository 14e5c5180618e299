import { formatCount } from "@hustings/ui/count";
import { formatClock, formatRelativeTime, useNow } from "@hustings/ui/time";
import type { ReactNode } from "react";
import { useIsSandbox } from "~/client/workspace";
import { type CanaryWish, firstOf } from "./canary";
import { endOfHold, type Hold, type SendTime } from "./send-time";

const MINUTE_MS = 60_000;

/** What follows the press, in its order. */
export function WhatHappensWhen({
  time,
  hold,
  canary,
  recipients,
}: {
  time: SendTime;
  hold: Hold;
  canary: CanaryWish;
  recipients: number;
}) {
  const now = useNow();
  const first = firstOf(canary, recipients);
  return (
    <ol
      aria-label="What will happen when"
      className={`grid text-sm ${first === null ? "grid-cols-3" : "grid-cols-4 max-md:grid-cols-2 max-md:gap-y-3"}`}
    >
      <Stop time={formatClock(now)}>You press {time.kind === "now" ? "send" : "schedule"}</Stop>
      <Stop time={startWords(time, hold, now)} isSending>
        {first !== null
          ? `First ${formatCount(first)} leave`
          : time.kind === "now"
            ? "It starts leaving"
            : "Who matches then gets it"}
      </Stop>
      {first !== null && (
        <Stop time={restWords(time, hold, canary, now)} isSending>
          The other {formatCount(recipients - first)} follow
        </Stop>
      )}
      <Stop time="Then" isLast>
        You can pause, or cancel the rest
      </Stop>
    </ol>
  );
}

function startWords(time: SendTime, hold: Hold, now: Date): string {
  if (time.kind === "later") return time.at ? formatRelativeTime(time.at, now) : "–";
  return hold.isOn ? endOfHold(hold, now).replace(/^i/, "I") : "At once";
}

/** A guess: the wait begins when the first ones were dealt with. */
function restWords(time: SendTime, hold: Hold, { waitMinutes }: CanaryWish, now: Date): string {
  const start = time.kind === "later" ? time.at : new Date(now.getTime() + (hold.isOn ? hold.seconds * 1_000 : 0));
  return start ? `~${formatClock(new Date(start.getTime() + waitMinutes * MINUTE_MS))}` : "–";
}

function Stop({
  time,
  isSending = false,
  isLast,
  children,
}: {
  time: string;
  isSending?: boolean;
  isLast?: boolean;
  children: ReactNode;
}) {
  const isSandbox = useIsSandbox();
  return (
    <li className="min-w-0 pr-3">
      <b>{time}</b>
      <span aria-hidden className="-mr-3 my-1 flex items-center">
        <i
          className={`size-2.5 rounded-full border-2 ${isSending ? (isSandbox ? "border-sandbox-line bg-sandbox" : "border-send-border bg-send") : "border-input bg-card"}`}
        />
        {!isLast && <i className="h-0.5 flex-1 bg-border-strong" />}
      </span>
      <span>{children}</span>
    </li>
  );
}
