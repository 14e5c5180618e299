import type { EventData } from "@hustings/contracts/events";
import type {
  ByDeliveryId,
  ReplayDeliveriesInput,
  ReplaySpanInput,
  WebhookDelivery,
} from "@hustings/contracts/webhook-deliveries";
import { type Db, inTransaction, join, type Sql, sql } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { CoreContext, WorkspaceContext } from "../context";
import { invalid } from "../errors";
import { writeEvent, writeEventUnlessWaiting } from "../outbox/write-event";
import { getDelivery, toInstant, visibleDeliveries } from "./queries";

/**
 * Lets the job take up once more a delivery that failed or found no message.
 *
 * @throws DomainError `not_found`; `invalid` for one that waits, or that was used: there is nothing left to try.
 */
export async function replayDelivery(ctx: WorkspaceContext, input: ByDeliveryId): Promise<WebhookDelivery> {
  return inTransaction(ctx.db, async (tx) => {
    const scoped = { ...ctx, db: tx };
    const { body: _, ...delivery } = await getDelivery(scoped, input);
    const count = await putBack(tx, sql`p.event_id = ${input.id}`);
    if (count === 0)
      throw invalid(`Only what failed or found no message can be replayed; this one is ${delivery.outcome}`);
    await auditReplay(scoped, input.id, { outcome: delivery.outcome });
    return { ...delivery, outcome: "waiting", error: null, appliedAt: null };
  });
}

/** The same for several, which may be of any outcome: only those are put back that can be. @returns how many. */
export async function replayDeliveries(ctx: WorkspaceContext, { ids }: ReplayDeliveriesInput): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const count = await putBack(tx, sql`p.event_id in (${join(ids)}) and (${join(visibleDeliveries(ctx), " or ")})`);
    await auditReplay({ ...ctx, db: tx }, null, { deliveries: count });
    return count;
  });
}

/** Asks a job to do the same for everything of a span of time. @returns how many that are now. */
export async function requestReplay(ctx: WorkspaceContext, input: ReplaySpanInput): Promise<number> {
  const { workspaceId, isGlobalAdmin } = ctx;
  if (Date.parse(input.from) > Date.parse(input.to))
    throw invalid("Validation failed", ["to: must not be before from"]);
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from provider_events p where ${inSpan(ctx, input)}`;
    const requestedAt = ctx.ports.now().toISOString();
    await writeEvent(tx, "provider/replay.requested", { ...input, workspaceId, isGlobalAdmin, requestedAt });
    const count = row?.count ?? 0;
    await auditReplay({ ...ctx, db: tx }, null, { ...input, deliveries: count });
    return count;
  });
}

/** As many as one step puts back. */
const CHUNK = 10_000;

/**
 * Puts back a part of what a request names; called until nothing is left. What has been tried since the request is not
 * tried again. @returns how many.
 */
export async function replaySome(ctx: CoreContext, request: EventData<"provider/replay.requested">): Promise<number> {
  return inTransaction(ctx.db, (tx) =>
    putBack(
      tx,
      sql`p.id in (
        select p.id from provider_events p
        where ${inSpan(request, request)} and p.applied_at <= ${request.requestedAt}::timestamptz
        order by p.received_at limit ${CHUNK} for update skip locked)`,
    ),
  );
}

const inSpan = (
  scope: { workspaceId: string; isGlobalAdmin: boolean },
  { outcomes, from, to }: ReplaySpanInput,
): Sql => sql`
  p.applied_at is not null and p.outcome in (${join(outcomes)})
  and p.received_at between ${toInstant(from)}::timestamptz and ${toInstant(to)}::timestamptz
  and (p.workspace_id = ${scope.workspaceId}::uuid or (${scope.isGlobalAdmin} and p.workspace_id is null))`;

/** They wait again, in the order in which they came, and the job that applies is asked for. */
async function putBack(tx: Db, condition: Sql): Promise<number> {
  const count = await tx.$executeRaw`
    update provider_events p set applied_at = null, outcome = null, error = null
    where p.outcome in ('unmatched', 'failed') and ${condition}`;
  if (count > 0) await writeEventUnlessWaiting(tx, "provider/events.received", {});
  return count;
}

const auditReplay = (
  ctx: WorkspaceContext,
  targetId: string | null,
  details: Record<string, string | number | string[]>,
) =>
  recordChange(ctx.db, ctx, { action: "webhookDeliveries.replay", targetType: "webhookDelivery", targetId, details });
