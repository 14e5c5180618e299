import type { ContactOverview, Emailability } from "@hustings/contracts/contacts";
import { sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { gravestReason } from "../suppressions/gravest-reason";
import { describeActivity } from "./activity";
import { tagsOf } from "./tags";
import { visibleContacts } from "./visible-contacts";

type OverviewRow = {
  id: string;
  emailability: Emailability;
  type: string | null;
  title: string | null;
  at: Date | null;
};

/**
 * What a list shows beside its contacts: tags, whether a campaign could reach them, and the last thing that happened
 * in this workspace. Unknown ids are absent.
 */
export async function listOverviews(
  ctx: WorkspaceContext,
  ids: readonly string[],
): Promise<Record<string, ContactOverview>> {
  const rows = await ctx.db.$queryRaw<OverviewRow[]>`
    select c.id, ${emailability(ctx)} as emailability, last.type, last.title, last.at
    from contacts c
    left join lateral (
      (select i.type::text, i.subject as title, i.occurred_at as at
        from interactions i where i.contact_id = c.id and i.workspace_id = ${ctx.workspaceId}::uuid
        order by i.occurred_at desc limit 1)
      union all
      (select happened.type, p.name, happened.at
        from campaign_emails e
        join campaigns p on p.id = e.campaign_id and p.workspace_id = ${ctx.workspaceId}::uuid
        cross join lateral (values
          ('campaign_sent', e.sent_at), ('campaign_opened', e.verified_opened_at),
          ('campaign_clicked', e.verified_clicked_at),
          ('campaign_bounced', e.bounced_at), ('campaign_complained', e.complained_at),
          ('campaign_unsubscribed', e.unsubscribed_at)) happened(type, at)
        where e.contact_id = c.id and happened.at is not null
        order by happened.at desc limit 1)
      order by at desc limit 1) last on true
    where c.id = any(${ids}::uuid[]) and ${visibleContacts(ctx)}`;
  const tags = await tagsOf(
    ctx,
    ctx.db,
    rows.map(({ id }) => id),
  );
  return Object.fromEntries(
    rows.map((row) => [
      row.id,
      {
        tags: tags.get(row.id) ?? [],
        emailability: row.emailability,
        lastActivity:
          row.type && row.at
            ? { type: row.type, label: describeActivity(row.type, row.title), at: row.at.toISOString() }
            : null,
      },
    ]),
  );
}

/** The first reason that holds, the gravest of several suppressions. Categories are a campaign's own question. */
const emailability = (ctx: WorkspaceContext) => sql`
  case
    when c.email is null then 'no_email'
    when c.globally_unsubscribed then 'unsubscribed'
    else coalesce(replace(${gravestReason(ctx)}, 'manual', 'suppressed'), 'yes')
  end`;
