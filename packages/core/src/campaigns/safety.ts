import type { CampaignSafety, Canary, CanaryState, Measured } from "@hustings/contracts/campaign-safety";
import type { CampaignCanaryModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { measure } from "./circuit-breaker";
import { mustConfirm } from "./confirm-recipients";
import { getCampaignRow } from "./queries";

/**
 * What stops a campaign by itself, how near it is, and what a first wave said.
 *
 * @throws DomainError `not_found`, also for another workspace's campaign.
 */
export async function getCampaignSafety(ctx: WorkspaceContext, id: string): Promise<CampaignSafety> {
  const { stopReason } = await getCampaignRow(ctx, id);
  const [canary, measured, isFirst] = await Promise.all([
    ctx.db.campaignCanary.findUnique({ where: { campaignId: id } }),
    measure(ctx.db, id),
    mustConfirm(ctx),
  ]);
  return {
    mustConfirm: isFirst,
    limits: ctx.settings.safetyLimits,
    measured,
    stopReason,
    canary: canary && toCanary(canary),
  };
}

const toCanary = (row: CampaignCanaryModel): Canary => ({
  people: row.people,
  percent: row.percent,
  waitMinutes: row.waitMinutes,
  bouncePercent: row.bouncePercent,
  complaints: row.complaints,
  errorPercent: row.errorPercent,
  recipients: row.recipients,
  state: toState(row),
  decidesAt: row.decidesAt?.toISOString() ?? null,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  reason: row.reason,
  measured: row.measured as Measured | null,
});

function toState(row: CampaignCanaryModel): CanaryState {
  if (row.verdict === "stop") return row.restOpenedAt ? "overruled" : "stopped";
  if (row.restOpenedAt) return "went_on";
  if (row.decidesAt) return "waiting";
  return row.recipients === null ? "to_come" : "leaving";
}
