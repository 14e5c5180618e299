import type { Db } from "@hustings/db/client";
import type { InFlightRecipient, MailDelay, MailOutcome } from "@hustings/email/transport";
import type { WorkspaceContext } from "../context";
import { EMAIL_STATUS } from "./email-status";

/** What a message is written from. Custom fields by stored key: the campaign's content picks and names them. */
export type Recipient = InFlightRecipient & {
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  customFields: Record<string, string>;
};

type ClaimedRow = Omit<Recipient, "campaignId"> & { unmailable: string | null };

/**
 * Claims up to `limit` queued recipients of a batch: marks them `sending`, committed, before anything is handed over.
 * Who became unmailable since the launch is skipped, with the reason. One statement: a claim waits for the disk once.
 */
export async function claimRecipients(
  ctx: WorkspaceContext,
  input: { campaignId: string; categoryId: string | null; batchNo: number; limit: number },
): Promise<Recipient[] | "none_left"> {
  const rows = await ctx.db.$queryRaw<ClaimedRow[]>`
    with queued as materialized (
      select contact_id, email from campaign_emails
      where campaign_id = ${input.campaignId}::uuid and batch_no = ${input.batchNo} and status = ${EMAIL_STATUS.queued}
      order by contact_id limit ${input.limit} for update),
    people as materialized (
      select e.contact_id, e.email, c.first_name, c.last_name, c.language, coalesce(c.custom_fields, '{}') as custom_fields,
        case
          when c.id is null or e.email is null then 'The contact was deleted after the launch.'
          when not (${ctx.isGlobalWorkspace} or c.workspace_ids @> array[${ctx.workspaceId}::uuid])
            then 'The contact was taken out of the workspace after the launch.'
          when c.email is null then 'The email address was removed after the launch.'
          when c.globally_unsubscribed then 'Said no to all email after the launch.'
          when c.communication_preferences ->> ${input.categoryId ?? ""}::text = 'unsubscribed'
            then 'Said no to this category after the launch.'
          when exists (select 1 from suppressions s where s.email = e.email
            and (s.workspace_id is null or s.workspace_id = ${ctx.workspaceId}::uuid))
            then 'The address was suppressed after the launch.'
        end as unmailable
      from queued e left join contacts c on c.id = e.contact_id),
    claimed as (
      update campaign_emails e set error = p.unmailable,
        status = case when p.unmailable is null then ${EMAIL_STATUS.sending}::smallint else ${EMAIL_STATUS.skipped}::smallint end,
        failed_at = case when p.unmailable is not null then now() end
      from people p where e.campaign_id = ${input.campaignId}::uuid and e.contact_id = p.contact_id),
    counted as (
      update campaign_stats s set skipped = s.skipped + n.skipped, progressed_at = now()
      from (select count(unmailable)::int as skipped from people) n
      where s.campaign_id = ${input.campaignId}::uuid and n.skipped > 0)
    select contact_id as "contactId", email, first_name as "firstName", last_name as "lastName", language,
      custom_fields as "customFields", unmailable
    from people order by contact_id`;
  if (rows.length === 0) return "none_left";
  return rows
    .filter((row) => !row.unmailable)
    .map(({ unmailable: _, ...recipient }) => ({ ...recipient, campaignId: input.campaignId }));
}

export type Settlement = { contactId: string; outcome: MailOutcome | MailDelay | { kind: "absent" } };

/** The rest of a batch has to wait, mostly for the provider; whoever runs it comes back at `retryAt`. */
export class MailDelayedError extends Error {
  override name = "MailDelayedError";

  constructor(
    message: string,
    readonly retryAt: Date,
  ) {
    super(message);
  }
}

/**
 * Below the time after which the sweep takes a campaign for stuck and hands its batches out again. Coming back too
 * early costs nothing: it is the transport that leaves the provider alone for as long as it must.
 */
const MAX_DELAY_MS = 4 * 60_000;

/** @throws MailDelayedError when something of a batch has to wait: until the latest of the times that were named. */
export function assertNothingDelayed(settlements: readonly Pick<Settlement, "outcome">[]): void {
  const delays = settlements.flatMap(({ outcome }) => ("retryAt" in outcome ? outcome : []));
  const [latest] = delays.sort((a, b) => b.retryAt.getTime() - a.retryAt.getTime());
  if (!latest) return;
  const retryAt = Math.min(latest.retryAt.getTime(), Date.now() + MAX_DELAY_MS);
  throw new MailDelayedError(latest.reason, new Date(retryAt));
}

const STATUS_OF = {
  rejected: EMAIL_STATUS.failed,
  suppressed: EMAIL_STATUS.skipped,
  unknown: EMAIL_STATUS.unknown,
  absent: EMAIL_STATUS.queued,
  deferred: EMAIL_STATUS.queued,
} as const;

/** Why a row ended as it did; a row that goes back to the queue has no reason yet. */
const reasonOf = (outcome: Settlement["outcome"]): string | null =>
  "reason" in outcome && outcome.kind !== "deferred" ? outcome.reason : null;

/**
 * Writes what became of messages that were in flight, with the counters, in one statement. A row that a provider
 * event has moved on meanwhile only learns its message id, or keeps the one that the event told; a `pending` one stays
 * in flight.
 *
 * @returns how many were handed over.
 */
export async function settleMessages(
  ctx: WorkspaceContext,
  campaignId: string,
  settlements: readonly Settlement[],
): Promise<number> {
  const accepted = EMAIL_STATUS[ctx.ports.mail.acceptedStatus];
  const rows = settlements.flatMap(({ contactId, outcome }) =>
    outcome.kind === "pending"
      ? []
      : {
          contactId,
          status: outcome.kind === "accepted" ? accepted : STATUS_OF[outcome.kind],
          messageId: outcome.kind === "accepted" ? outcome.messageId : null,
          error: reasonOf(outcome),
        },
  );
  if (rows.length === 0) return 0;
  const [counted] = await ctx.db.$queryRaw<{ sent: number }[]>`
    with results as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r("contactId" uuid, status smallint, "messageId" text, error text)),
    before as materialized (
      select e.contact_id, e.status from campaign_emails e
      where e.campaign_id = ${campaignId}::uuid and e.contact_id in (select "contactId" from results)
      order by e.contact_id for update),
    settled as (
      update campaign_emails e set
        status = case when b.status = ${EMAIL_STATUS.sending} then r.status else b.status end,
        provider_message_id = coalesce(r."messageId", e.provider_message_id),
        sent_at = case when r.status = ${accepted} then now() end,
        failed_at = case when r.status >= ${EMAIL_STATUS.failed} then now() end,
        error = coalesce(r.error, e.error)
      from results r join before b on b.contact_id = r."contactId"
      where e.campaign_id = ${campaignId}::uuid and e.contact_id = b.contact_id
      returning case when b.status = ${EMAIL_STATUS.sending} then e.status end as status),
    counts as materialized (
      select count(*) filter (where status = ${accepted})::int as sent,
        count(*) filter (where status = ${EMAIL_STATUS.failed})::int as failed,
        count(*) filter (where status = ${EMAIL_STATUS.skipped})::int as skipped,
        count(*) filter (where status = ${EMAIL_STATUS.unknown})::int as unknown
      from settled),
    added as (
      update campaign_stats s set sent = s.sent + n.sent, failed = s.failed + n.failed,
        skipped = s.skipped + n.skipped, unknown = s.unknown + n.unknown, progressed_at = now()
      from counts n where s.campaign_id = ${campaignId}::uuid)
    select sent from counts`;
  return counted?.sent ?? 0;
}

/**
 * Stands before what only the batch's holder may do. A Postgres that went down took the lock with its connection, and
 * this run does not notice: the batch may be another's by now, whose messages are in flight.
 *
 * @throws MailDelayedError to come back at once: it is no fault of the batch.
 */
export async function assertBatchIsHeld(lock: Db): Promise<void> {
  try {
    await lock.$executeRaw`select 1`;
  } catch {
    throw new MailDelayedError("The database closed the connection that held the batch.", new Date());
  }
}

/**
 * Asks the transport about what an earlier run left in flight in this batch, before anything of it is sent.
 *
 * @param assertHeld throws unless the caller still holds the batch, so that nobody else can be handing these over.
 * @throws MailDelayedError while the transport cannot say yet.
 */
export async function reconcileLeftOver(
  ctx: WorkspaceContext,
  campaignId: string,
  batchNo: number,
  assertHeld: () => Promise<void>,
): Promise<void> {
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
  await assertHeld();
  await settleMessages(ctx, campaignId, settlements);
  assertNothingDelayed(settlements);
}
