import { sql } from "@hustings/db/client";
import type { CampaignEmailModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { exportRows } from "../csv/export-rows";
import { toCampaignEmail } from "./mapper";
import { getCampaignRow } from "./queries";

const HEADER = ["contactId", "email", "firstName", "lastName", "status", "reason"];
const TIMES = ["sentAt", "deliveredAt", "openedAt", "clickedAt", "unsubscribedAt", "complainedAt", "failedAt"] as const;

type RecipientRow = CampaignEmailModel & { firstName: string | null; lastName: string | null };

/**
 * Everyone whom a campaign was launched for, with what became of it, as CSV. Who was erased has a line without a name.
 *
 * @throws DomainError with the first piece: `not_found`, also for another workspace's campaign; `unavailable` when too
 * many exports run at once.
 */
export async function* exportRecipients(ctx: WorkspaceContext, campaignId: string): AsyncGenerator<string> {
  await getCampaignRow(ctx, campaignId);
  const query = sql`
    select e.campaign_id as "campaignId", e.contact_id as "contactId", e.email, e.status, e.error,
      e.sent_at as "sentAt", e.delivered_at as "deliveredAt", e.opened_at as "openedAt", e.clicked_at as "clickedAt",
      e.unsubscribed_at as "unsubscribedAt", e.complained_at as "complainedAt", e.bounced_at as "bouncedAt",
      e.failed_at as "failedAt", c.first_name as "firstName", c.last_name as "lastName"
    from campaign_emails e
    left join contacts c on c.id = e.contact_id and c.workspace_ids @> array[${ctx.workspaceId}::uuid]
    where e.campaign_id = ${campaignId}::uuid order by e.batch_no, e.contact_id`;
  yield* exportRows<RecipientRow>(ctx.pool, query, { header: [...HEADER, ...TIMES], toCells });
}

function toCells(row: RecipientRow): string[] {
  const { contactId, email, status, error, ...shown } = toCampaignEmail(row);
  const times = { ...row, ...shown };
  return [
    contactId ?? "",
    email ?? "",
    (email !== null && row.firstName) || "",
    (email !== null && row.lastName) || "",
    status,
    error ?? "",
    ...TIMES.map((name) => toIso(times[name])),
  ];
}

const toIso = (time: Date | string | null): string => (time instanceof Date ? time.toISOString() : (time ?? ""));
