import type { Contact, UpdateContactInput } from "@hustings/contracts/contacts";
import { inTransaction, isUniqueViolation, join, type Sql, sql } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { invalid, notFound } from "../errors";
import { emailIsTaken } from "./create-contact";
import { toCustomFieldChange } from "./custom-fields";
import { restoreErasedAddresses } from "./erased-addresses";
import { type ContactRow, type ContactView, contactColumns, contactView, toContact } from "./mapper";
import { getContact } from "./queries";
import { visibleContacts } from "./visible-contacts";

type Changes = Omit<UpdateContactInput, "id">;

/**
 * Changes what is named: null clears, `customFields` and `communicationPreferences` merge key by key, an empty value
 * removes a key. Keys that the caller cannot see stay as they are.
 *
 * @throws DomainError `not_found`, also for another workspace's contact; `invalid` for custom fields that do not fit
 * and categories that are not this workspace's; `conflict` when the address is in use.
 */
export async function updateContact(ctx: WorkspaceContext, { id, ...changes }: UpdateContactInput): Promise<Contact> {
  const view = await contactView(ctx);
  const assignments = toAssignments(view, changes);
  if (assignments.length === 0) return getContact(ctx, { id });
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const [row] = await tx.$queryRaw<ContactRow[]>`
        update contacts c set ${join(assignments)}, updated_at = now()
        where c.id = ${id}::uuid and ${visibleContacts(ctx)}
        returning ${contactColumns}`;
      if (!row) throw notFound("Contact");
      await recordChange(tx, ctx, {
        action: "contacts.update",
        targetType: "contact",
        targetId: id,
        details: { fields: namesOf(changes) },
      });
      if (!changes.email) return toContact(view, row);
      await restoreErasedAddresses(tx, ctx, [{ id, email: changes.email }]);
      return getContact({ ...ctx, db: tx }, { id });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? emailIsTaken(changes.email ?? "") : error;
  }
}

/** @throws DomainError `invalid` with every problem at once. */
function toAssignments(view: ContactView, changes: Changes): Sql[] {
  const { email, firstName, lastName, language, globallyUnsubscribed, customFields, communicationPreferences } =
    changes;
  const fields = toCustomFieldChange(view.catalog, customFields ?? {});
  const preferences = toPreferenceChange(view, communicationPreferences ?? {});
  const problems = [...fields.problems, ...preferences.problems];
  if (problems.length > 0) throw invalid("Validation failed", problems);
  const assignments: Sql[] = [];
  if (email !== undefined) assignments.push(sql`email = ${email}`);
  if (firstName !== undefined) assignments.push(sql`first_name = ${firstName || null}`);
  if (lastName !== undefined) assignments.push(sql`last_name = ${lastName || null}`);
  if (language !== undefined) assignments.push(sql`language = ${language || null}`);
  if (globallyUnsubscribed !== undefined) assignments.push(sql`globally_unsubscribed = ${globallyUnsubscribed}`);
  if (customFields) assignments.push(sql`custom_fields = ${merged(sql`c.custom_fields`, fields)}`);
  if (communicationPreferences)
    assignments.push(sql`communication_preferences = ${merged(sql`c.communication_preferences`, preferences)}`);
  return assignments;
}

type KeyChange = { set: Record<string, string>; removed: string[]; problems: string[] };

function toPreferenceChange(view: ContactView, preferences: Record<string, string>): KeyChange {
  const entries = Object.entries(preferences).map(
    ([categoryId, preference]) => [categoryId.toLowerCase(), preference] as const,
  );
  return {
    set: Object.fromEntries(entries.filter(([, preference]) => preference !== "")),
    removed: entries.filter(([, preference]) => preference === "").map(([categoryId]) => categoryId),
    problems: entries
      .filter(([categoryId]) => !view.categoryIds.has(categoryId))
      .map(([categoryId]) => `communicationPreferences.${categoryId}: not found`),
  };
}

const merged = (column: Sql, { set, removed }: KeyChange): Sql =>
  sql`(${column} || ${JSON.stringify(set)}::jsonb) - ${removed}::text[]`;

/** Names only: the audit is never changed, and must not keep what an erased person was. */
function namesOf({ customFields, communicationPreferences, ...core }: Changes): string[] {
  return [
    ...Object.keys(core),
    ...Object.keys(customFields ?? {}).map((name) => `customFields.${name}`),
    ...Object.keys(communicationPreferences ?? {}).map((id) => `communicationPreferences.${id}`),
  ];
}
