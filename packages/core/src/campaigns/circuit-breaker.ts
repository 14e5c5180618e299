import type { Measured } from "@hustings/contracts/campaign-safety";
import { type Db, type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { findExcess } from "./safety-line";
import { stopCampaign } from "./stop-campaign";

/** Of `campaign_stats s`: what was counted since a person last let the campaign go on. */
const measuredColumns: Sql = sql`
  s.sent - s.passed_sent as sent, s.bounced - s.passed_bounced as bounced,
  s.complained - s.passed_complained as complained, greatest(0, s.failed + s.unknown - s.passed_failed) as failed`;

const NOTHING: Measured = { sent: 0, bounced: 0, complained: 0, failed: 0 };

/** What a campaign is judged by. */
export async function measure(db: Db, campaignId: string): Promise<Measured> {
  const [row] = await db.$queryRaw<Measured[]>`
    select ${measuredColumns} from campaign_stats s where s.campaign_id = ${campaignId}::uuid`;
  return row ?? NOTHING;
}

/**
 * Whether a batch may claim more people now: its campaign is sending by the same launch, its wave's turn has come, and
 * bounces, complaints and errors are within the installation's limits. Beyond them it stops the campaign. One statement
 * of three rows by their keys.
 */
export async function mayClaim(
  ctx: WorkspaceContext,
  { campaignId, generation, batchNo }: { campaignId: string; generation: number; batchNo: number },
): Promise<boolean> {
  const [measured] = await ctx.db.$queryRaw<Measured[]>`
    select ${measuredColumns}
    from campaigns c join campaign_stats s on s.campaign_id = c.id left join campaign_canaries k on k.campaign_id = c.id
    where c.id = ${campaignId}::uuid and c.workspace_id = ${ctx.workspaceId}::uuid and c.status = 'sending'
      and c.generation = ${generation}
      and (k.campaign_id is null or k.rest_opened_at is not null or ${batchNo}::int < k.batches)`;
  if (!measured) return false;
  const reason = findExcess(ctx.settings.safetyLimits, measured);
  if (reason === null) return true;
  await stopCampaign(ctx, { campaignId, generation, reason, details: { measured } });
  return false;
}

/** A person has seen why it stopped, and lets it go on: what was counted so far does not stop it again. */
export async function letPass(tx: Db, campaignId: string): Promise<void> {
  await tx.$executeRaw`
    update campaign_stats set passed_sent = sent, passed_bounced = bounced, passed_complained = complained,
      passed_failed = failed + unknown
    where campaign_id = ${campaignId}::uuid`;
}
