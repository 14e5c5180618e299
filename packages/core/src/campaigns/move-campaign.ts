import type { Campaign } from "@hustings/contracts/campaigns";
import { type Db, inTransaction } from "@hustings/db/client";
import type { CampaignModel, Prisma } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { toCampaign } from "./mapper";
import { getCampaignRow } from "./queries";
import { assertAllowed, type CampaignAction, TRANSITIONS, wrongState } from "./state";

/** A launch or a resume holds up to millions of rows, once in a campaign's life. */
const MOVE_TIMEOUT_MS = 600_000;

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
 *
 * @throws DomainError `forbidden` to who may not; `invalid` when its status does not allow it, or changed meanwhile.
 */
export async function moveCampaign(
  ctx: WorkspaceContext,
  current: CampaignModel,
  action: CampaignAction,
  { data: changes, also, details }: Move = {},
): Promise<Campaign> {
  const to = TRANSITIONS[action].to;
  if (to === "same" || to === "gone") throw new Error(`${action} is not a move`);
  assertAllowed(ctx, action, current.status);
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
    MOVE_TIMEOUT_MS,
  );
}
