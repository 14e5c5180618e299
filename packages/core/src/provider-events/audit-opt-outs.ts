import type { Db } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { Principal } from "../context";
import type { RecipientKey } from "./apply-recipient-events";

/** Who stands in the audit for what a recipient told the provider instead of us. */
const MAIL_SERVICE: Principal = {
  userId: null,
  name: "mail service",
  email: null,
  installationRole: "viewer",
  via: { kind: "system", name: "mail service" },
};

/** Writes down whose opt-outs the provider passed on: an entry per campaign, since they come in batches. */
export async function auditOptOuts(tx: Db, optOuts: readonly RecipientKey[]): Promise<void> {
  if (optOuts.length === 0) return;
  const contactsOf = new Map<string, Set<string>>();
  for (const { campaignId, contactId } of optOuts)
    contactsOf.set(campaignId, (contactsOf.get(campaignId) ?? new Set()).add(contactId));
  const campaigns = await tx.campaign.findMany({
    where: { id: { in: [...contactsOf.keys()] } },
    select: { id: true, workspaceId: true },
  });
  const workspaceOf = new Map(campaigns.map(({ id, workspaceId }) => [id, workspaceId]));
  for (const [campaignId, contacts] of contactsOf) {
    const [first] = contacts;
    await recordChange(
      tx,
      { principal: MAIL_SERVICE, workspaceId: workspaceOf.get(campaignId) ?? null },
      {
        action: "contacts.unsubscribe",
        targetType: "contact",
        targetId: contacts.size === 1 ? (first ?? null) : null,
        details: { campaignId, by: "mail service", ...(contacts.size > 1 && { contacts: contacts.size }) },
      },
    );
  }
}
