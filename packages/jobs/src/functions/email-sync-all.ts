import { listConnectionsToSync } from "@hustings/core/email-connections/sync/sync-connection";
import { inngest } from "../client";
import { jobContext } from "../context";

/** Events that one step may send. */
const MAILBOXES_PER_STEP = 1_000;

/** Every quarter of an hour: asks for a sync of every mailbox. */
export const emailSyncAll = inngest.createFunction(
  { id: "email-sync-all", triggers: [{ cron: "*/15 * * * *" }], retries: 2 },
  async ({ step, runId }) => {
    let mailboxes = 0;
    for (let after: string | null = null; ; ) {
      const from: string | null = after;
      const ids: string[] = await step.run(`list-mailboxes-after-${mailboxes}`, () =>
        listConnectionsToSync(jobContext(), from, MAILBOXES_PER_STEP),
      );
      const last = ids.at(-1);
      if (last === undefined) return { mailboxes };
      await step.sendEvent(
        `ask-after-${mailboxes}`,
        ids.map((connectionId) => ({
          id: `email-sync:${connectionId}:${runId}`,
          name: "email/sync.requested" as const,
          data: { connectionId },
        })),
      );
      mailboxes += ids.length;
      after = last;
    }
  },
);
