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

/** A page takes up to two steps with its wait; a run stays under 200, and a long mailbox goes on in a run of its own. */
const MAX_PAGES = 80;
/** Shorter waits are put together. */
const MIN_WAIT_MS = 1_000;

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
  async ({ event, step, runId }) => {
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
    await step.sendEvent("go-on", {
      id: `email-sync:${connectionId}:${runId}`,
      name: "email/sync.requested",
      data: event.data,
    });
    return total;
  },
);
