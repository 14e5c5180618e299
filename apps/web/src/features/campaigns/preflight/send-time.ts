import { formatClock } from "@hustings/ui/time";

/** `at` null: later, but when is not said yet. */
export type SendTime = { kind: "now" } | { kind: "later"; at: Date | null };

/** How long nothing leaves once send was pressed, so that it can be taken back. */
export type Hold = { isOn: boolean; seconds: number };

export const HOLDS = [
  { seconds: 30, words: "30 seconds" },
  { seconds: 120, words: "2 minutes" },
  { seconds: 600, words: "10 minutes" },
];
export const USUAL_HOLD: Hold = { isOn: true, seconds: 120 };

export const nameHold = ({ seconds }: Hold): string => HOLDS.find((hold) => hold.seconds === seconds)?.words ?? "";

/** When a held campaign leaves, in a sentence: a clock shows no seconds. */
export const endOfHold = ({ seconds }: Hold, now: Date): string =>
  seconds < 60 ? `in ${seconds} seconds` : formatClock(new Date(now.getTime() + seconds * 1_000));
