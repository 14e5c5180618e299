import {
  beginSync,
  failSync,
  finishSync,
  readMail,
  settleMail,
} from "@hustings/core/email-connections/sync/sync-connection";
import { GoogleError } from "@hustings/google/google-error";
import { RetryAfterError } from "inngest";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

/** With a wait after every second page a run stays under 200 steps; a longer mailbox goes on a quarter of an hour later. */
const MAX_PAGES = 120;
/** Shorter waits are put together: two pages are well under a minute's quota. */
const MIN_WAIT_MS = 30_000;

/** Google names the time; everything else is tried again in the usual way. */
function putOff(error: unknown): never {
  if (error instanceof GoogleError && error.retryAt) throw new RetryAfterError(error.message, error.retryAt);
  throw error;
}

/**
 * Brings one mailbox up to date, page by page, within Google's quota. One run per mailbox: when somebody asks meanwhile,
 * the run that is under way goes round once more. What makes it safe to be killed and repeated is in the core functions.
 */
export const emailSync = inngest.createFunction(
  {
    id: "email-sync",
    triggers: [triggers.emailSyncRequested],
    retries: 5,
    concurrency: [{ limit: 4 }],
    singleton: { key: "event.data.connectionId", mode: "skip" },
    onFailure: ({ event, error }) => failSync(jobContext(), event.data.event.data.connectionId, error.message),
  },
  async ({ event, step }) => {
    const { connectionId } = event.data;
    await step.run("begin", () => beginSync(jobContext(), connectionId));
    const total = { messages: 0, interactions: 0 };
    const kinds = { read: readMail, settle: settleMail };
    let kind: keyof typeof kinds = "read";
    let owedMs = 0;
    for (let page = 0; page < MAX_PAGES; page++) {
      const work = kinds[kind];
      const done = await step.run(`${kind}-${page}`, () => work(jobContext(), connectionId).catch(putOff));
      total.messages += done.messages;
      total.interactions += done.interactions;
      if (done.isDone && kind === "settle") {
        const { isAskedAgain } = await step.run(`end-${page}`, () => finishSync(jobContext(), connectionId));
        if (!isAskedAgain) return total;
      }
      if (done.isDone) kind = kind === "read" ? "settle" : "read";
      owedMs += done.waitMs;
      if (owedMs >= MIN_WAIT_MS) {
        await step.sleep(`wait-${page}`, owedMs);
        owedMs = 0;
      }
    }
    return total;
  },
);
