import { inTransaction } from "@hustings/db/client";
import type { InFlightRecipient, MailOutcome } from "@hustings/email/transport";
import type { WorkspaceContext } from "../context";
import { EMAIL_STATUS } from "./email-status";

/** What a message is written from. Custom fields by stored key: the campaign's content picks and names them. */
export type Recipient = InFlightRecipient & {
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  customFields: Record<string, string>;
};

type CandidateRow = Omit<Recipient, "campaignId"> & { unmailable: string | null };

/**
 * Claims up to `limit` queued recipients of a batch: marks them `sending`, committed, before anything is handed over.
 * Who became unmailable since the launch is skipped, with the reason.
 */
export async function claimRecipients(
  ctx: WorkspaceContext,
  input: { campaignId: string; categoryId: string | null; batchNo: number; limit: number },
): Promise<Recipient[] | "none_left"> {
  return inTransaction(ctx.db, async (tx) => {
    const rows = await tx.$queryRaw<CandidateRow[]>`
      select e.contact_id as "contactId", e.email, c.first_name as "firstName", c.last_name as "lastName", c.language,
        coalesce(c.custom_fields, '{}') as "customFields",
        case
          when c.id is null or e.email is null then 'The contact was deleted after the launch.'
          when c.email is null then 'The email address was removed after the launch.'
          when c.globally_unsubscribed then 'Said no to all email after the launch.'
          when c.communication_preferences ->> ${input.categoryId ?? ""}::text = 'unsubscribed'
            then 'Said no to this category after the launch.'
          when exists (select 1 from suppressions s where s.email = e.email
            and (s.workspace_id is null or s.workspace_id = ${ctx.workspaceId}::uuid))
            then 'The address was suppressed after the launch.'
        end as unmailable
      from (
        select contact_id, email from campaign_emails
        where campaign_id = ${input.campaignId}::uuid and batch_no = ${input.batchNo} and status = ${EMAIL_STATUS.queued}
        order by contact_id limit ${input.limit} for update) e
      left join contacts c on c.id = e.contact_id
      order by e.contact_id`;
    if (rows.length === 0) return "none_left";
    const changes = rows.map((row) => ({
      contactId: row.contactId,
      status: row.unmailable ? EMAIL_STATUS.skipped : EMAIL_STATUS.sending,
      error: row.unmailable,
    }));
    await tx.$executeRaw`
      update campaign_emails e set status = n.status, error = n.error,
        failed_at = case when n.status = ${EMAIL_STATUS.skipped} then now() end
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as n("contactId" uuid, status smallint, error text)
      where e.campaign_id = ${input.campaignId}::uuid and e.contact_id = n."contactId"`;
    const skipped = rows.filter((row) => row.unmailable).length;
    if (skipped > 0) {
      const data = { skipped: { increment: skipped }, progressedAt: new Date() };
      await tx.campaignStats.update({ where: { campaignId: input.campaignId }, data });
    }
    return rows
      .filter((row) => !row.unmailable)
      .map(({ unmailable: _, ...recipient }) => ({ ...recipient, campaignId: input.campaignId }));
  });
}

export type Settlement = { contactId: string; outcome: MailOutcome | { kind: "absent" } };

const STATUS_OF = {
  rejected: EMAIL_STATUS.failed,
  suppressed: EMAIL_STATUS.skipped,
  unknown: EMAIL_STATUS.unknown,
  absent: EMAIL_STATUS.queued,
} as const;

/**
 * Writes what became of messages that were in flight, with the counters, in one transaction. A row that a provider
 * event has moved on meanwhile only learns its message id.
 *
 * @returns how many were handed over.
 */
export async function settleMessages(
  ctx: WorkspaceContext,
  campaignId: string,
  settlements: readonly Settlement[],
): Promise<number> {
  if (settlements.length === 0) return 0;
  const rows = settlements.map(({ contactId, outcome }) => ({
    contactId,
    status: outcome.kind === "accepted" ? EMAIL_STATUS[ctx.ports.mail.acceptedStatus] : STATUS_OF[outcome.kind],
    messageId: outcome.kind === "accepted" ? outcome.messageId : null,
    error: "reason" in outcome ? outcome.reason : null,
  }));
  return inTransaction(ctx.db, async (tx) => {
    const settled = await tx.$queryRaw<{ status: number }[]>`
      update campaign_emails e set
        status = case when e.status = ${EMAIL_STATUS.sending} then n.status else e.status end,
        provider_message_id = n."messageId",
        sent_at = case when n."messageId" is not null then now() end,
        failed_at = case when n.status >= ${EMAIL_STATUS.failed} then now() end,
        error = coalesce(n.error, e.error)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as n("contactId" uuid, status smallint, "messageId" text, error text),
        (select contact_id, status from campaign_emails
          where campaign_id = ${campaignId}::uuid
            and contact_id in (select (s ->> 'contactId')::uuid from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) s)
          order by contact_id for update) before
      where e.campaign_id = ${campaignId}::uuid and e.contact_id = n."contactId" and before.contact_id = e.contact_id
      returning case when before.status = ${EMAIL_STATUS.sending} then e.status else -1 end as status`;
    const count = (status: number) => settled.filter((row) => row.status === status).length;
    const sent = count(EMAIL_STATUS[ctx.ports.mail.acceptedStatus]);
    await tx.campaignStats.update({
      where: { campaignId },
      data: {
        sent: { increment: sent },
        failed: { increment: count(EMAIL_STATUS.failed) },
        skipped: { increment: count(EMAIL_STATUS.skipped) },
        unknown: { increment: count(EMAIL_STATUS.unknown) },
        progressedAt: new Date(),
      },
    });
    return sent;
  });
}

/**
 * Asks the transport about what a killed run left in flight in this batch, before anything of it is sent. The caller
 * holds the batch, so nobody else can be handing these over.
 */
export async function reconcileLeftOver(ctx: WorkspaceContext, campaignId: string, batchNo: number): Promise<void> {
  const rows = await ctx.db.campaignEmail.findMany({
    where: { campaignId, batchNo, status: EMAIL_STATUS.sending },
    select: { contactId: true, email: true },
  });
  const inFlight = rows.map(({ contactId, email }) => ({ campaignId, contactId, email: email ?? "" }));
  const outcomes = await ctx.ports.mail.reconcile(inFlight);
  const settlements = inFlight.map(({ contactId }, index): Settlement => {
    const outcome = outcomes[index] ?? { kind: "unknown", reason: "The mail service does not say." };
    return { contactId, outcome };
  });
  await settleMessages(ctx, campaignId, settlements);
}

/** What a cancelled campaign's remaining recipients say. */
const CANCELLED_REASON = "The campaign was cancelled before this one was sent.";

/** Skips whoever of a cancelled campaign is still queued, so that nothing stays so. Idempotent. */
export async function skipRestOfCancelled(ctx: WorkspaceContext, campaignId: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const skipped = await tx.$executeRaw`
      update campaign_emails set status = ${EMAIL_STATUS.skipped}, failed_at = now(), error = ${CANCELLED_REASON}
      where campaign_id = ${campaignId}::uuid and status = ${EMAIL_STATUS.queued}
        and exists (select 1 from campaigns p where p.id = ${campaignId}::uuid and p.status = 'cancelled'
          and p.workspace_id = ${ctx.workspaceId}::uuid)`;
    if (skipped === 0) return;
    await tx.$executeRaw`
      update campaign_stats set skipped = skipped + ${skipped}, progressed_at = now() where campaign_id = ${campaignId}::uuid`;
  });
}
