import { domainToUnicode } from "node:url";
import { type Db, type Sql, sql } from "@hustings/db/client";
import type { ProviderEvent } from "@hustings/email/mailersend-webhook";
import { type RecipientRow, recipientColumns } from "./apply-recipient-events";
import type { RecipientEventType } from "./recipient-state";

/** An event that says something about a message. */
export type KnownEvent = ProviderEvent & { type: RecipientEventType };
export type FoundRow = RecipientRow & { eventId: string };

/**
 * Finds and locks the recipients of events: by message id; where no row has that (a bulk call does not tell the ids of
 * its messages), by the campaign's tag and the address. Locked in the order of the key, so that two batches never wait
 * for each other in a circle.
 */
export async function lockRecipients(tx: Db, events: readonly KnownEvent[]): Promise<FoundRow[]> {
  const byMessage = events.map(({ eventId, messageId }) => ({ eventId, messageId }));
  const found = await tx.$queryRaw<FoundRow[]>`
    select a."eventId", ${recipientColumns}
    from jsonb_to_recordset(${JSON.stringify(byMessage)}::jsonb) as a("eventId" text, "messageId" text)
    join campaign_emails e on e.provider_message_id = a."messageId"
    order by e.campaign_id, e.contact_id for update of e`;
  const byContact = await lockByTag(
    tx,
    without(events, found),
    (asked) => sql`
    ${asked} join contacts c on c.email = a.email
    join campaign_emails e on e.campaign_id = a."campaignId" and e.contact_id = c.id and e.email = a.email`,
  );
  // Whoever has another address by now is looked for among all that the campaign went to; few are.
  const byFrozenAddress = await lockByTag(
    tx,
    without(events, [...found, ...byContact]),
    (asked) => sql`
    ${asked} join campaign_emails e on e.campaign_id = a."campaignId" and e.email = a.email`,
  );
  return [...found, ...byContact, ...byFrozenAddress];
}

function without(events: readonly KnownEvent[], found: readonly FoundRow[]): KnownEvent[] {
  const known = new Set(found.map(({ eventId }) => eventId));
  return events.filter(({ eventId }) => !known.has(eventId));
}

async function lockByTag(tx: Db, events: readonly KnownEvent[], join: (asked: Sql) => Sql): Promise<FoundRow[]> {
  const addresses = events.flatMap(({ eventId, tags, recipient }) => {
    const campaignId = campaignOfTags(tags);
    if (campaignId === null || recipient === null) return [];
    return spellingsOf(recipient).map((email) => ({ eventId, campaignId, email }));
  });
  if (addresses.length === 0) return [];
  const asked = sql`jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) as a("eventId" text, "campaignId" uuid, email text)`;
  return tx.$queryRaw<FoundRow[]>`
    select a."eventId", ${recipientColumns} from ${join(asked)}
    order by e.campaign_id, e.contact_id for update of e`;
}

/** An address as it came, and with its domain in letters: it is sent, and told, in punycode. */
function spellingsOf(address: string): string[] {
  const at = address.lastIndexOf("@");
  return [...new Set([address, `${address.slice(0, at + 1)}${domainToUnicode(address.slice(at + 1))}`])];
}

const CAMPAIGN_TAG = /^c-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/** The campaign that a message's tags name, or null. */
export function campaignOfTags(tags: readonly string[]): string | null {
  for (const tag of tags) {
    const id = CAMPAIGN_TAG.exec(tag)?.[1];
    if (id) return id;
  }
  return null;
}
