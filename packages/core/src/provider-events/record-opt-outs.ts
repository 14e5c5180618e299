import type { Db } from "@hustings/db/client";

/**
 * Writes what people said no to: the campaign's category where it has one, else (also when the campaign is gone)
 * everything. The link's POST and a
 * provider's `unsubscribed` both end here.
 */
export async function recordOptOuts(
  tx: Db,
  recipients: readonly { campaignId: string; contactId: string }[],
): Promise<void> {
  if (recipients.length === 0) return;
  const keys = recipients.map(({ campaignId, contactId }) => ({ campaignId, contactId }));
  await tx.$executeRaw`
    with said_no as materialized (
      select k."contactId" as contact_id,
        coalesce(jsonb_object_agg(p.category_id, 'unsubscribed') filter (where p.category_id is not null), '{}') as preferences,
        bool_or(p.category_id is null) as to_everything
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k("campaignId" uuid, "contactId" uuid)
      left join campaigns p on p.id = k."campaignId"
      group by 1),
    locked as (
      select c.id from contacts c join said_no n on n.contact_id = c.id order by c.id for update of c)
    update contacts c set
      communication_preferences = c.communication_preferences || n.preferences,
      globally_unsubscribed = c.globally_unsubscribed or n.to_everything,
      updated_at = now()
    from said_no n, locked l
    where c.id = n.contact_id and l.id = c.id`;
}
