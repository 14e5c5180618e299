import type { Campaign, SendCampaignInput } from "@hustings/contracts/campaigns";
import type { Db } from "@hustings/db/client";
import type { CampaignModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { DomainError, invalid } from "../errors";
import { writeEvent } from "../outbox/write-event";
import { assertMaySend } from "../scripts/may-send";
import { countAudience } from "./audience";
import { keepCanary, overruleCanary } from "./canary";
import { letPass } from "./circuit-breaker";
import { assertConfirmed } from "./confirm-recipients";
import { assertCanUnsubscribe, assertTemplatesParse } from "./content";
import { endRest } from "./end-rest";
import { forgetLaunch } from "./forget-launch";
import { moveCampaign } from "./move-campaign";
import { getCampaignRow } from "./queries";
import { assertSender } from "./sender";
import { failCampaign } from "./start-campaign";
import { isAllowed, isHeld, wrongState } from "./state";

/** How a campaign leaves, besides when. */
export type SendOptions = Pick<SendCampaignInput, "holdSeconds" | "canary" | "confirmRecipients">;

/**
 * Queues a campaign, or schedules it when its `scheduledAt` lies ahead. Of two sends at once one wins. For `holdSeconds`
 * the audience is frozen and nothing leaves, so that it can be recalled. With `canary` some go first.
 *
 * @throws DomainError `not_found`; `forbidden` to a script that may not send; `invalid` when it was sent already, its templates or segment are broken, its
 *   category could not be unsubscribed from, its sender is of another domain than mail is sent from, or, live, its
 *   sender is not complete, or the first one is sent without the right number of people.
 */
export async function sendCampaign(
  ctx: WorkspaceContext,
  id: string,
  { holdSeconds = 0, canary, confirmRecipients }: SendOptions = {},
): Promise<Campaign> {
  await assertMaySend(ctx);
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
  // A segment that is gone or no longer compiles is said now, not by a failed job.
  const { recipients } = await countAudience(ctx, current);
  await assertConfirmed(ctx, recipients, confirmRecipients);
  return moveCampaign(ctx, current, action, {
    data: { holdUntil: holdSeconds > 0 ? new Date(now.getTime() + holdSeconds * 1_000) : null },
    also: async (tx, row) => {
      await keepCanary({ ...ctx, db: tx }, row.id, canary);
      if (action === "send") await requestSending(tx, row);
    },
    details: { ...(holdSeconds > 0 && { holdSeconds }), ...(canary && { canary }) },
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
    return failCampaign(ctx, { campaignId: id, generation: current.generation, error: error.message });
  }
  await moveCampaign(ctx, current, "send", { also: requestSending });
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
  return moveCampaign(ctx, current, "recall", {
    data,
    also: async (tx) => {
      await tx.$executeRaw`set local statement_timeout = '10min'`;
      await forgetLaunch(tx, current.id);
    },
  });
}

/**
 * Stops handing over within one batch; who is left stays queued.
 *
 * @throws DomainError `not_found`; `invalid` unless it is queued or sending.
 */
export async function pauseCampaign(ctx: WorkspaceContext, id: string): Promise<Campaign> {
  return moveCampaign(ctx, await getCampaignRow(ctx, id), "pause");
}

/**
 * Sends to those who are left, and to nobody twice. Where it had stopped by itself this is a person's word against it:
 * what was counted until now does not stop it again, and the rest follows a first wave.
 *
 * @throws DomainError `not_found`; `invalid` unless it is paused, and where a live sender lost a part.
 */
export async function resumeCampaign(ctx: WorkspaceContext, id: string): Promise<Campaign> {
  const current = await getCampaignRow(ctx, id);
  if (isAllowed("resume", current.status)) await assertSender(ctx, current);
  return moveCampaign(ctx, current, "resume", {
    data: { stopReason: null },
    also: async (tx, row) => {
      if (current.stopReason !== null) {
        await letPass(tx, row.id);
        await overruleCanary(tx, row.id, ctx.ports.now());
      }
      await requestSending(tx, row);
    },
    ...(current.stopReason !== null && { details: { despite: current.stopReason } }),
  });
}

/**
 * Ends a campaign early: who was not handed over yet is skipped, in the same transaction, so that nothing stays queued.
 * A message that is being handed over at this moment is settled by its own job.
 *
 * @throws DomainError `not_found`; `invalid` unless it is scheduled, queued, sending or paused.
 */
export async function cancelCampaign(ctx: WorkspaceContext, id: string): Promise<Campaign> {
  return moveCampaign(ctx, await getCampaignRow(ctx, id), "cancel", {
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
