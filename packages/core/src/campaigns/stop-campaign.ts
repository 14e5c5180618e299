import { inTransaction } from "@hustings/db/client";
import type { Prisma } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { TRANSITIONS } from "./state";

export type Stop = {
  campaignId: string;
  /** A reason of an earlier launch comes too late. */
  generation: number;
  /** For people: what happened, in a sentence. */
  reason: string;
  /** What was measured, for the audit. */
  details?: Prisma.InputJsonObject;
};

/**
 * Pauses a campaign that must not go on by itself: who is left stays queued, the page says why, and a person resumes it
 * or cancels the rest. Of several reasons at once one stands.
 *
 * @returns whether it was sending by this launch, and stopped.
 */
export async function stopCampaign(
  ctx: WorkspaceContext,
  { campaignId, generation, reason, details }: Stop,
): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.campaign.updateMany({
      where: {
        id: campaignId,
        workspaceId: ctx.workspaceId,
        generation,
        status: { in: [...TRANSITIONS.stop.from] },
      },
      data: { status: "paused", stopReason: reason },
    });
    if (count === 0) return false;
    await recordChange(tx, ctx, {
      action: "campaigns.stop",
      targetType: "campaign",
      targetId: campaignId,
      details: { reason, ...details },
    });
    return true;
  });
}
