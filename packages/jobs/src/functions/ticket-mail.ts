import { MailDelayedError } from "@hustings/core/campaigns/hand-over";
import { mailFollowers } from "@hustings/core/support-tickets/mail-followers";
import { RetryAfterError } from "inngest";
import { inngest, triggers } from "../client";
import { jobContext } from "../context";

/** A run stays under 200 steps: a hundred people each in the sandbox, five hundred in live mode. */
const MAX_PARTS = 150;

/** Tells those who follow a ticket. What makes a second run harmless is in `mailFollowers`. */
export const ticketMail = inngest.createFunction(
  {
    id: "ticket-mail",
    triggers: [triggers.ticketChanged],
    retries: 20,
    concurrency: [{ limit: 1, key: "event.data.changeId" }],
  },
  async ({ event, step }) => {
    let mailed = 0;
    for (let part = 0; part < MAX_PARTS; part++) {
      const count = await step.run(`send-${part}`, async () => {
        try {
          return await mailFollowers(jobContext(), event.data);
        } catch (error) {
          throw error instanceof MailDelayedError ? new RetryAfterError(error.message, error.retryAt) : error;
        }
      });
      if (count === 0) break;
      mailed += count;
    }
    return { mailed };
  },
);
