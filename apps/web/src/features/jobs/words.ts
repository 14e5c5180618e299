import type { JobRun, JobStatus, JobStep } from "@hustings/contracts/jobs";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import type { StatusState } from "@hustings/ui/status";
import { formatClock, formatDay, formatDuration, formatRelativeTime } from "@hustings/ui/time";

/** The state of the shared table of states that a run's status is. */
export const STATE_OF: Record<JobStatus, StatusState> = {
  waiting: "waiting",
  running: "running",
  completed: "finished",
  failed: "failed",
  cancelled: "cancelled",
};

type Described = Pick<
  JobRun,
  "status" | "wait" | "tries" | "failure" | "output" | "createdAt" | "startedAt" | "endedAt"
>;

/** One line under a run's title: “Took 10.4 s, 212 applied”, “Waits until tomorrow 08:00”, “Failed at the 3rd try”. */
export function describeRun(run: Described, now: Date): string {
  const began = new Date(run.startedAt ?? run.createdAt).getTime();
  const tookMs = run.endedAt ? new Date(run.endedAt).getTime() - began : 0;
  switch (run.status) {
    case "waiting":
      return describeWait(run, now);
    case "running":
      return `Running for ${formatDuration(Math.max(0, now.getTime() - began))}${run.tries > 1 ? `, ${ordinal(run.tries)} try` : ""}`;
    case "completed":
      return [`Took ${formatDuration(tookMs)}`, ...describeOutput(run.output)].join(", ");
    case "failed":
      return [run.tries > 1 ? `Failed after ${run.tries} tries` : "Failed at the first try", run.failure]
        .filter(Boolean)
        .join(": ");
    case "cancelled":
      return run.failure ?? "Cancelled";
  }
}

function describeWait({ wait, tries }: Described, now: Date): string {
  const until = wait?.until ? new Date(wait.until) : null;
  const when = until && until > now ? lowerFirst(formatRelativeTime(until, now)) : null;
  switch (wait?.for) {
    case "time":
      return when ? `Waits until ${when.replace(/^in /, "in ")}` : "Waits for its time";
    case "event":
      return when ? `Waits for an event, at most until ${when}` : "Waits for an event";
    case "run":
      return "Waits for another run";
    case "retry":
      return when ? `Failed ${formatCountOf(tries - 1, "time")}, tries again ${when}` : "Tries again soon";
    case "rate":
      return "Waits for its rate";
    case "resume":
      return "Its function is paused";
    default:
      return "Waits for its turn";
  }
}

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

/** The counts that a function gave: `{ applied: 212 }` → “212 applied”; nothing of what says nothing. */
export function describeOutput(output: unknown): string[] {
  if (typeof output === "number") return [formatCount(output)];
  if (typeof output !== "object" || output === null || Array.isArray(output)) return [];
  return Object.entries(output)
    .filter((entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0)
    .slice(0, 2)
    .map(([key, count]) => `${formatCount(count)} ${key.replace(/([A-Z])/g, " $1").toLowerCase()}`);
}

/** `2` → `2nd`. */
export function ordinal(count: number): string {
  const ending = count % 100 > 10 && count % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${count}${ending}`;
}

const seconds = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
/** `11:20:04`, in the viewer's zone. */
export const formatSeconds = (at: string): string => seconds.format(new Date(at));

/** `11:20` today, `22 Nov` before. */
export function shortTime(at: string, now: Date): string {
  const date = new Date(at);
  return formatDay(date) === formatDay(now) ? formatClock(date) : formatDay(date, now);
}

const STEP_WORDS: Record<string, string> = {
  freeze: "Write down who gets it",
  hold: "Wait: you can take it back",
  start: "Look whether it may go",
  "list-after": "List what is left",
  "hand-out-after": "Hand out batches",
  finish: "Close the books",
  send: "Send",
  slice: "Read a part of the file",
  "go-on": "Go on in another run",
  apply: "Apply events",
  look: "Look at who was changed",
  "wake-left": "Look at who was left",
  "launch-due": "Launch what is due",
  "revive-stuck": "Ask again for what hangs",
  "settle-left": "Settle what was left",
  "remove-unused": "Remove unused files",
  reconcile: "Make and drop indexes",
  begin: "Open the mailbox",
  read: "Read a page of the mailbox",
  settle: "Add to timelines what is missing",
  wait: "Wait for Google’s quota",
  end: "Note that it is up to date",
  "list-mailboxes-after": "List the mailboxes",
  "ask-after": "Ask for each",
  run: "Run the script",
  sweep: "Start what is due, end what lost its worker",
};

/** `slice-12` → `slice`: what steps of a loop have in common. */
export const stepBase = (name: string): string => name.replace(/-?-?\d+$/, "");

/** A step in words, as far as there are some for it. */
export const stepTitle = (name: string): string => STEP_WORDS[stepBase(name)] ?? name;

type Outcome = Pick<
  JobStep,
  | "status"
  | "kind"
  | "tries"
  | "output"
  | "error"
  | "isCopied"
  | "startedAt"
  | "endedAt"
  | "createdAt"
  | "wakeAt"
  | "retryAt"
>;

/** What came of a step: “212, 0.3 s”, “2nd try, after a 429”, “To come”. */
export function describeStep(step: Outcome, now: Date): string {
  if (step.isCopied) return "Taken over from the run before";
  const tookMs = step.endedAt
    ? new Date(step.endedAt).getTime() -
      new Date(step.kind === "work" ? (step.startedAt ?? step.createdAt) : step.createdAt).getTime()
    : 0;
  switch (step.status) {
    case "done":
      if (step.kind !== "work") return formatDuration(Math.max(0, tookMs));
      return [
        ...(step.tries > 1 ? [`${ordinal(step.tries)} try`] : []),
        ...describeOutput(step.output),
        formatDuration(Math.max(0, tookMs)),
      ].join(", ");
    case "failed":
      return step.error?.message ?? "Failed";
    case "running":
      return step.tries > 1 ? `Running, ${ordinal(step.tries)} try` : "Running";
    case "sleeping":
      return step.wakeAt ? `Until ${lowerFirst(formatRelativeTime(new Date(step.wakeAt), now))}` : "Sleeps";
    case "waiting":
      return "Waits for its event";
    case "invoking":
      return "Waits for that run";
    case "retrying":
    case "planned":
      return step.error ? `${step.error.message}; tries again` : "To come";
  }
}
