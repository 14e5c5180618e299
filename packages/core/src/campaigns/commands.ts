import type { Campaign, CreateCampaignInput, UpdateCampaignInput } from "@hustings/contracts/campaigns";
import type { ById } from "@hustings/contracts/primitives";
import { inTransaction } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { invalid } from "../errors";
import { findSegmentProblem } from "../segments/match-segment";
import { keepCanary } from "./canary";
import { assertCanUnsubscribe, assertTemplatesParse } from "./content";
import { forgetLaunch } from "./forget-launch";
import { toCampaign } from "./mapper";
import { getCampaignRow } from "./queries";
import { assertAllowed, wrongState } from "./state";

/**
 * Makes a draft.
 *
 * @throws DomainError `invalid` when a template does not parse (line and column named), or when the segment or the
 *   category is not of this workspace.
 */
export async function createCampaign(ctx: WorkspaceContext, input: CreateCampaignInput): Promise<Campaign> {
  assertTemplatesParse(input);
  await assertReferencesExist(ctx, input);
  return inTransaction(ctx.db, async (tx) => {
    const row = await tx.campaign.create({
      data: { ...input, workspaceId: ctx.workspaceId, createdBy: ctx.principal.userId },
    });
    await recordChange(tx, ctx, {
      action: "campaigns.create",
      targetType: "campaign",
      targetId: row.id,
      details: { name: row.name },
    });
    return toCampaign(row);
  });
}

/**
 * Changes a draft or a scheduled campaign. Without its time a scheduled campaign is a draft again.
 *
 * @throws DomainError `not_found`; `invalid` once it is queued, sending, paused, sent, cancelled or failed, and when a
 *   scheduled one would lose its way to unsubscribe: nobody looks at it again before it leaves.
 */
export async function updateCampaign(
  ctx: WorkspaceContext,
  { id, ...changes }: UpdateCampaignInput,
): Promise<Campaign> {
  const current = await getCampaignRow(ctx, id);
  assertAllowed(ctx, "edit", current.status);
  assertTemplatesParse(changes);
  await assertReferencesExist(ctx, changes);
  const isScheduled = current.status === "scheduled" && changes.scheduledAt !== null;
  if (isScheduled) assertCanUnsubscribe(ctx.settings, { ...current, ...changes });
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.campaign.updateManyAndReturn({
      where: { id, workspaceId: ctx.workspaceId, status: current.status },
      data: { ...changes, status: isScheduled ? "scheduled" : "draft" },
    });
    if (!row) throw wrongState("edit", (await getCampaignRow({ ...ctx, db: tx }, id)).status);
    // Chosen at the send that a draft has yet to see.
    if (!isScheduled) await keepCanary({ ...ctx, db: tx }, id);
    await recordChange(tx, ctx, {
      action: "campaigns.update",
      targetType: "campaign",
      targetId: id,
      details: { changed: Object.keys(changes) },
    });
    return toCampaign(row);
  });
}

/**
 * Deletes a campaign with its recipients' rows.
 *
 * @throws DomainError `not_found`; `invalid` while it is queued, sending or paused.
 */
export async function deleteCampaign(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  const current = await getCampaignRow(ctx, id);
  assertAllowed(ctx, "delete", current.status);
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.campaign.deleteMany({
      where: { id, workspaceId: ctx.workspaceId, status: current.status },
    });
    if (count === 0) throw wrongState("delete", (await getCampaignRow({ ...ctx, db: tx }, id)).status);
    await forgetLaunch(tx, id);
    await tx.emailEvent.deleteMany({ where: { campaignId: id } });
    await recordChange(tx, ctx, {
      action: "campaigns.delete",
      targetType: "campaign",
      targetId: id,
      details: { name: current.name },
    });
  });
}

/** Every id in a body is authorised too: a segment or category of another workspace does not exist here. */
async function assertReferencesExist(
  ctx: WorkspaceContext,
  { segmentId, categoryId }: { segmentId?: string | null; categoryId?: string | null },
): Promise<void> {
  const [segmentProblem, category] = await Promise.all([
    segmentId ? findSegmentProblem(ctx, segmentId) : null,
    categoryId ? ctx.db.category.findFirst({ where: { id: categoryId, workspaceId: ctx.workspaceId } }) : undefined,
  ]);
  const details = segmentProblem ? [segmentProblem] : [];
  if (category === null) details.push("categoryId: not found");
  if (details.length > 0) throw invalid("Validation failed", details);
}
