import { launchDueCampaigns, reviveStuckCampaigns, settleLeftBatches } from "@hustings/core/campaigns/sweep-campaigns";
import { inngest } from "../client";
import { jobContext } from "../context";

/** Every minute: launches what is due, and finds what a crash left behind. */
export const campaignSweep = inngest.createFunction(
  { id: "campaign-sweep", triggers: [{ cron: "* * * * *" }], retries: 0 },
  async ({ step }) => {
    const launched = await step.run("launch-due", () => launchDueCampaigns(jobContext()));
    const revived = await step.run("revive-stuck", () => reviveStuckCampaigns(jobContext()));
    const settled = await step.run("settle-left", () => settleLeftBatches(jobContext()));
    return { launched, revived, settled };
  },
);
