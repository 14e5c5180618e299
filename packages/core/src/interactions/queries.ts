import type { InteractionList, ListInteractionsInput } from "@hustings/contracts/interactions";
import { assertContact } from "../contacts/queries";
import type { WorkspaceContext } from "../context";
import { type TimelineRow, toTimelineEntry } from "./mapper";

/**
 * One page of what happened between this workspace and a contact, newest `occurredAt` first: its interactions, and the
 * campaign emails that were handed over, or ended without (skipped, failed, unknown), read from their rows.
 *
 * @throws DomainError `not_found`, also for another workspace's contact.
 */
export async function listInteractions(ctx: WorkspaceContext, input: ListInteractionsInput): Promise<InteractionList> {
  await assertContact(ctx, input.id);
  const [rows, counted] = await Promise.all([
    ctx.db.$queryRaw<TimelineRow[]>`
      select * from (
        select i.id, i.contact_id as "contactId", i.type::text, i.subject, i.body, i.metadata,
          i.occurred_at as "occurredAt", i.created_at as "createdAt", null::uuid as "campaignId", null::smallint as status
        from interactions i where i.contact_id = ${input.id}::uuid and i.workspace_id = ${ctx.workspaceId}::uuid
        union all
        select null, e.contact_id, 'email_sent', p.subject, null, '{}', coalesce(e.sent_at, e.failed_at),
          coalesce(e.sent_at, e.failed_at), e.campaign_id, e.status
        from campaign_emails e join campaigns p on p.id = e.campaign_id and p.workspace_id = ${ctx.workspaceId}::uuid
        where e.contact_id = ${input.id}::uuid and coalesce(e.sent_at, e.failed_at) is not null) timeline
      order by "occurredAt" desc, coalesce(id, "campaignId") desc
      limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}`,
    ctx.db.$queryRaw<{ total: number }[]>`
      select ((select count(*) from interactions i
          where i.contact_id = ${input.id}::uuid and i.workspace_id = ${ctx.workspaceId}::uuid)
        + (select count(*) from campaign_emails e
          join campaigns p on p.id = e.campaign_id and p.workspace_id = ${ctx.workspaceId}::uuid
          where e.contact_id = ${input.id}::uuid and coalesce(e.sent_at, e.failed_at) is not null))::int as total`,
  ]);
  const interactions = rows.map(toTimelineEntry);
  return { interactions, total: counted[0]?.total ?? 0, page: input.page, pageSize: input.pageSize };
}
