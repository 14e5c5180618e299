import type { ImportedGmailContacts, ImportGmailContactsInput } from "@hustings/contracts/email-connections";
import { inTransaction } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { invalid } from "../errors";
import { importContacts } from "../imports/import-rows";
import { queueSync } from "./commands";
import { getOwnConnection } from "./owner";

/** A name longer than that is no name. */
const MAX_NAME = 200;

/**
 * Makes contacts of the active workspace out of people met in a mailbox, by the import that every other way uses: who is
 * in the workspace already is left alone, who said no is not subscribed again. Their earlier emails are added by a sync.
 *
 * @throws DomainError `not_found`; `forbidden` for somebody else's connection; `invalid` for addresses that are not in
 * the mailbox.
 */
export async function importGmailContacts(
  ctx: WorkspaceContext,
  { id, emails }: ImportGmailContactsInput,
): Promise<ImportedGmailContacts> {
  const connection = await getOwnConnection(ctx, id);
  const met = await ctx.db.emailAddress.findMany({
    where: { connectionId: connection.id, email: { in: emails } },
    select: { email: true, name: true },
  });
  const names = new Map(met.map(({ email, name }) => [email, splitName(name ?? "")]));
  const strangers = emails.flatMap((email, index) =>
    names.has(email) ? [] : [`emails.${index}: is not in this mailbox`],
  );
  if (strangers.length > 0) throw invalid("Validation failed", strangers);
  const { created } = await importContacts(ctx, {
    rows: [...names].map(([email, { firstName, lastName }]) => ({ email, firstName, lastName })),
    mapping: { email: "email", firstName: "firstName", lastName: "lastName" },
    constantValues: {},
    skipDuplicates: true,
  });
  if (created > 0) await inTransaction(ctx.db, (tx) => queueSync(tx, connection));
  return { imported: created, skipped: emails.length - created };
}

/** `Doe, Jane` and `Jane Doe` are the same person; of more words the first is the first name. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_NAME);
  const [, last, first] = /^([^,]+), ?([^,]+)$/.exec(clean) ?? [];
  if (first !== undefined && last !== undefined) return { firstName: first.trim(), lastName: last.trim() };
  const [firstName = "", ...rest] = clean.split(" ");
  return { firstName, lastName: rest.join(" ") };
}
