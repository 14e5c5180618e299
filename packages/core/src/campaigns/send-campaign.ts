import type { Campaign, SendCampaignInput } from "@hustings/contracts/campaigns";
import { type Db, inTransaction } from "@hustings/db/client";
import type { CampaignModel, Prisma } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { DomainError, invalid } from "../errors";
import { writeEvent } from "../outbox/write-event";
import { countAudience } from "./audience";
import { assertCanUnsubscribe, assertTemplatesParse } from "./content";
import { endRest } from "./end-rest";
import { toCampaign } from "./mapper";
import { getCampaignRow } from "./queries";
import { assertSender } from "./sender";
import { failCampaign } from "./start-campaign";
import { type CampaignAction, isAllowed, isHeld, TRANSITIONS, wrongState } from "./state";

/**
 * Queues a campaign, or schedules it when its `scheduledAt` lies ahead. Of two sends at once one wins. For `holdSeconds`
 * the audience is frozen and nothing leaves, so that it can be recalled.
 *
 * @throws DomainError `not_found`; `invalid` when it was sent already, its templates or segment are broken, its
 *   category could not be unsubscribed from, its sender is of another domain than mail is sent from, or, live, its
 *   sender is not complete.
 */
export async function sendCampaign(
  ctx: WorkspaceContext,
  id: string,
  { holdSeconds = 0 }: Pick<SendCampaignInput, "holdSeconds"> = {},
): Promise<Campaign> {
  const current = await getCampaignRow(ctx, id);
  const now = ctx.ports.now();
  const isAhead = current.scheduledAt !== null && current.scheduledAt > now;
  const action = isAhead && current.status === "draft" ? "schedule" : "send";
  if (!isAllowed(action, current.status) || current.status === "scheduled") throw wrongState("send", current.status);
  if (action === "schedule" && holdSeconds > 0)
    throw invalid("Validation failed", ["holdSeconds: must be absent for a campaign that leaves later"]);
  assertTemplatesParse(current);
  assertCanUnsubscribe(ctx.settings, current);
  await assertSender(ctx, current);
  await countAudience(ctx, current); // a segment that is gone or no longer compiles is said now, not by a failed job
  if (action === "schedule") return move(ctx, current, action);
  const holdUntil = holdSeconds > 0 ? new Date(now.getTime() + holdSeconds * 1_000) : null;
  return move(ctx, current, action, {
    data: { holdUntil },
    also: requestSending,
    ...(holdSeconds > 0 && { details: { holdSeconds } }),
  });
}

/**
 * Launches a scheduled campaign whose time has come; does nothing when it was recalled or launched meanwhile. What must
 * not leave any more (the server lost its secret for unsubscribe links, a live sender a part) fails with the reason, reaching nobody.
 */
export async function launchScheduledCampaign(ctx: WorkspaceContext, id: string): Promise<void> {
  const current = await getCampaignRow(ctx, id);
  if (current.status !== "scheduled" || !current.scheduledAt || current.scheduledAt > ctx.ports.now()) return;
  try {
    assertCanUnsubscribe(ctx.settings, current);
    await assertSender(ctx, current);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return failCampaign(ctx, id, error.message);
  }
  await move(ctx, current, "send", { also: requestSending });
}

/**
 * Takes a campaign back before anything has left: a scheduled one loses its time, a held one what was frozen for it. It
 * is a draft again.
 *
 * @throws DomainError `not_found`; `invalid` unless it is scheduled, or queued and held.
 */
export async function recallCampaign(ctx: WorkspaceContext, id: string): Promise<Campaign> {
  const current = await getCampaignRow(ctx, id);
  // Whatever the clock does meanwhile: while it is queued by the same launch it has handed nothing over, and the start
  // of sending takes the hold away for good.
  if (current.status === "queued" && !isHeld(current, ctx.ports.now()))
    throw invalid("Cannot recall this campaign: it is not held any more. Pause it, or cancel the rest.");
  const data = { holdUntil: null, launchedAt: null, ...(current.status === "scheduled" && { scheduledAt: null }) };
  return move(ctx, current, "recall", {
    data,
    also: async (tx) => {
      await tx.$executeRaw`set local statement_timeout = '10min'`;
      const where = { campaignId: current.id };
      await tx.campaignEmail.deleteMany({ where });
      await tx.campaignBatch.deleteMany({ where });
      await tx.campaignStats.deleteMany({ where });
    },
  });
}

/**
 * Stops handing over within one batch; who is left stays queued.
 *
 * @throws DomainError `not_found`; `invalid` unless it is queued or sending.
 */
export async function pauseCampaign(ctx: WorkspaceContext, id: string): Promise<Campaign> {
  return move(ctx, await getCampaignRow(ctx, id), "pause");
}

/**
 * Sends to those who are left, and to nobody twice.
 *
 * @throws DomainError `not_found`; `invalid` unless it is paused, and where a live sender lost a part.
 */
export async function resumeCampaign(ctx: WorkspaceContext, id: string): Promise<Campaign> {
  const current = await getCampaignRow(ctx, id);
  if (isAllowed("resume", current.status)) await assertSender(ctx, current);
  return move(ctx, current, "resume", { also: requestSending });
}

/**
 * Ends a campaign early: who was not handed over yet is skipped, in the same transaction, so that nothing stays queued.
 * A message that is being handed over at this moment is settled by its own job.
 *
 * @throws DomainError `not_found`; `invalid` unless it is scheduled, queued, sending or paused.
 */
export async function cancelCampaign(ctx: WorkspaceContext, id: string): Promise<Campaign> {
  return move(ctx, await getCampaignRow(ctx, id), "cancel", {
    also: async (tx, row) => {
      // Up to millions of rows, once in a campaign's life.
      await tx.$executeRaw`set local statement_timeout = '10min'`;
      await endRest({ ...ctx, db: tx }, row.id);
    },
  });
}

/** Counts the generation up, so that jobs of an earlier launch know that they are stale, and asks for the job. */
async function requestSending(tx: Db, row: CampaignModel): Promise<void> {
  await writeEvent(tx, "campaign/send.requested", {
    campaignId: row.id,
    workspaceId: row.workspaceId,
    generation: row.generation,
  });
}

/** What goes with a transition, in its transaction. */
type Move = {
  data?: Prisma.CampaignUpdateManyMutationInput;
  also?: (tx: Db, row: CampaignModel) => Promise<void>;
  /** For the audit. */
  details?: Prisma.InputJsonObject;
};

/**
 * One transition of the table: conditional on the status and the launch that it was decided on, audited, with its event,
 * or not at all.
 */
async function move(
  ctx: WorkspaceContext,
  current: CampaignModel,
  action: CampaignAction,
  { data: changes, also, details }: Move = {},
): Promise<Campaign> {
  const to = TRANSITIONS[action].to;
  if (to === "same" || to === "gone") throw new Error(`${action} is not a move`);
  if (!isAllowed(action, current.status)) throw wrongState(action, current.status);
  return inTransaction(
    ctx.db,
    async (tx) => {
      const data: Prisma.CampaignUpdateManyMutationInput = {
        ...changes,
        status: to,
        ...(to === "queued" && { generation: { increment: 1 } }),
        ...(to === "cancelled" && { finishedAt: ctx.ports.now(), holdUntil: null }),
      };
      const [row] = await tx.campaign.updateManyAndReturn({
        where: {
          id: current.id,
          workspaceId: ctx.workspaceId,
          status: current.status,
          generation: current.generation,
        },
        data,
      });
      if (!row) throw wrongState(action, (await getCampaignRow({ ...ctx, db: tx }, current.id)).status);
      await also?.(tx, row);
      await recordChange(tx, ctx, {
        action: `campaigns.${action}`,
        targetType: "campaign",
        targetId: row.id,
        ...(details && { details }),
      });
      return toCampaign(row);
    },
    600_000,
  );
}
