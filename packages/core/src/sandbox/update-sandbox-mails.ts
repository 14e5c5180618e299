import type { SandboxEmail, SimulatedEvent } from "@hustings/contracts/sandbox";
import type { Db } from "@hustings/db/client";
import { EMAIL_STATUS } from "../campaigns/email-status";
import { applyEvent, type RecipientEventType, type RecipientState } from "../provider-events/recipient-state";

type MailEvent = {
  messageId: string | null;
  type: RecipientEventType;
  occurredAt: Date;
  url: string | null;
  reason: string | null;
};

/** What the mailbox calls an event; what has no name there is not shown. */
const SHOWN: Partial<Record<RecipientEventType, SimulatedEvent>> = {
  delivered: "delivered",
  opened: "opened",
  clicked: "clicked",
  soft_bounced: "bounced",
  hard_bounced: "bounced",
  complained: "complained",
  unsubscribed: "unsubscribed",
};

type MailRow = { id: string; messageId: string; status: SandboxEmail["status"]; events: SandboxEmail["events"] };

/**
 * Writes events onto the caught mails they name, by the rule of recipients' rows: forward only, and what changes
 * nothing is not written.
 *
 * @returns how many mails changed.
 */
export async function updateSandboxMails(tx: Db, events: readonly MailEvent[]): Promise<number> {
  const byMessage = new Map<string, MailEvent[]>();
  for (const event of events) {
    if (event.messageId === null || !SHOWN[event.type]) continue;
    byMessage.set(event.messageId, [...(byMessage.get(event.messageId) ?? []), event]);
  }
  if (byMessage.size === 0) return 0;
  const rows = await tx.$queryRaw<MailRow[]>`
    select id, message_id as "messageId", status, events from sandbox_emails
    where message_id in (select jsonb_array_elements_text(${JSON.stringify([...byMessage.keys()])}::jsonb))
    order by id for update`;
  const changed = rows.filter((row) =>
    (byMessage.get(row.messageId) ?? []).map((event) => applyTo(row, event)).some(Boolean),
  );
  if (changed.length === 0) return 0;
  return tx.$executeRaw`
    update sandbox_emails m set status = n.status, events = n.events
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as n(id uuid, status text, events jsonb) where m.id = n.id`;
}

/** Whether the event changed the mail. */
function applyTo(row: MailRow, event: MailEvent): boolean {
  const shown = SHOWN[event.type];
  const before = EMAIL_STATUS[row.status];
  if (!shown || applyEvent({ ...NOTHING_KNOWN, status: before }, { ...event, likelyMachine: false }).status === before)
    return false;
  row.status = shown;
  row.events = [
    ...row.events,
    { type: shown, occurredAt: event.occurredAt.toISOString(), ...(event.url !== null && { url: event.url }) },
  ];
  return true;
}

const NOTHING_KNOWN: Omit<RecipientState, "status"> = {
  deliveredAt: null,
  openedAt: null,
  clickedAt: null,
  verifiedOpenedAt: null,
  verifiedClickedAt: null,
  bouncedAt: null,
  complainedAt: null,
  unsubscribedAt: null,
  error: null,
};
