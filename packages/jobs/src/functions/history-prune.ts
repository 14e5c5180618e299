import { pruneApplications, pruneTicketMails } from "@hustings/core/jobs/prune-history";
import { inngest } from "../client";
import { jobContext } from "../context";
import { readHistoryEnv } from "../env";

/** Once a night: forgets what rules did, and whom tickets were mailed to, long ago. */
export const historyPrune = inngest.createFunction(
  { id: "history-prune", triggers: [{ cron: "57 3 * * *" }], retries: 2 },
  async ({ step }) => {
    const { automationDays, ticketMailDays } = readHistoryEnv();
    return {
      applications: await step.run("prune-applications", () => pruneApplications(jobContext(), automationDays)),
      ticketMails: await step.run("prune-ticket-mails", () => pruneTicketMails(jobContext(), ticketMailDays)),
    };
  },
);
