import { hashAddress } from "@hustings/crypto/address-hash";
import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { WorkspaceContext } from "../context";

export type Addressed = { id: string; email: string };

type KeptSuppression = { email: string; reason: string; workspaceId: string | null; createdAt: string };
type ErasedRow = {
  emailHash: string;
  globallyUnsubscribed: boolean;
  communicationPreferences: Record<string, string>;
  suppressions: KeptSuppression[];
};

/**
 * Gives contacts with a new address (created, linked, imported, changed) what an erased person with that address had
 * said and suffered: opt-outs and suppressions. The hash goes, since the contact holds it all again.
 *
 * Set-based; one look into an index when nobody was erased.
 */
export async function restoreErasedAddresses(
  tx: Db,
  ctx: Pick<WorkspaceContext, "settings">,
  contacts: readonly Addressed[],
): Promise<void> {
  if (contacts.length === 0) return;
  const byHash = new Map(contacts.map((contact) => [hashAddress(ctx.settings.apiKeySecret, contact.email), contact]));
  const rows = await tx.$queryRaw<ErasedRow[]>`
    delete from erased_addresses where email_hash = any(${[...byHash.keys()]}::text[])
    returning email_hash as "emailHash", globally_unsubscribed as "globallyUnsubscribed",
      communication_preferences as "communicationPreferences", suppressions`;
  if (rows.length === 0) return;
  const restored = rows.flatMap((row) => {
    const contact = byHash.get(row.emailHash);
    return contact ? [{ ...row, ...contact }] : [];
  });
  await tx.$executeRaw`
    update contacts c set
      globally_unsubscribed = c.globally_unsubscribed or r."globallyUnsubscribed",
      communication_preferences = c.communication_preferences || r."communicationPreferences"
    from jsonb_to_recordset(${JSON.stringify(restored)}::jsonb)
      as r(id uuid, "globallyUnsubscribed" boolean, "communicationPreferences" jsonb)
    where c.id = r.id`;
  const suppressions = restored.flatMap(({ email, suppressions: kept }) =>
    kept.map((each) => ({ ...each, id: newId(), email })),
  );
  await tx.$executeRaw`
    insert into suppressions (id, email, reason, workspace_id, created_at)
    select id, email, reason::"SuppressionReason", "workspaceId", "createdAt"
    from jsonb_to_recordset(${JSON.stringify(suppressions)}::jsonb)
      as s(id uuid, email text, reason text, "workspaceId" uuid, "createdAt" timestamptz)
    on conflict do nothing`;
}

export type LeavingContact = Addressed & {
  globallyUnsubscribed: boolean;
  communicationPreferences: Record<string, string>;
};

/**
 * Keeps of people who are being erased what a later import must respect, under a keyed hash, and removes their clear
 * addresses from the suppressions and the counts of soft bounces.
 */
export async function keepErasedAddresses(
  tx: Db,
  ctx: Pick<WorkspaceContext, "settings">,
  leaving: readonly LeavingContact[],
): Promise<void> {
  if (leaving.length === 0) return;
  const emails = leaving.map(({ email }) => email);
  const suppressions = await tx.$queryRaw<KeptSuppression[]>`
    delete from suppressions where email = any(${emails}::text[])
    returning email, reason, workspace_id as "workspaceId", to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"`;
  const byEmail = new Map<string, Omit<KeptSuppression, "email">[]>(emails.map((email) => [email, []]));
  for (const { email, ...kept } of suppressions) byEmail.get(email)?.push(kept);
  const rows = leaving.map(({ email, globallyUnsubscribed, communicationPreferences }) => ({
    emailHash: hashAddress(ctx.settings.apiKeySecret, email),
    globallyUnsubscribed,
    communicationPreferences: Object.fromEntries(
      Object.entries(communicationPreferences).filter(([, preference]) => preference === "unsubscribed"),
    ),
    suppressions: byEmail.get(email),
  }));
  await tx.$executeRaw`
    insert into erased_addresses as e (email_hash, globally_unsubscribed, communication_preferences, suppressions, erased_at)
    select "emailHash", "globallyUnsubscribed", "communicationPreferences", suppressions, now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r("emailHash" text, "globallyUnsubscribed" boolean, "communicationPreferences" jsonb, suppressions jsonb)
    order by "emailHash"
    on conflict (email_hash) do update set
      globally_unsubscribed = e.globally_unsubscribed or excluded.globally_unsubscribed,
      communication_preferences = e.communication_preferences || excluded.communication_preferences,
      suppressions = e.suppressions || excluded.suppressions,
      erased_at = excluded.erased_at`;
  await tx.softBounce.deleteMany({ where: { email: { in: emails } } });
}
