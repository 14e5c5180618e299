import type { Contact, CreateContactInput } from "@hustings/contracts/contacts";
import { type Db, inTransaction } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { conflict, invalid } from "../errors";
import { toCustomFieldChange } from "./custom-fields";
import { restoreErasedAddresses } from "./erased-addresses";
import { type ContactRow, contactColumns, contactView, toContact } from "./mapper";

/** @returns the error for an address that somebody else has. */
export const emailIsTaken = (email: string) =>
  conflict("A contact with this email already exists", [`email: "${email}" is taken`]);

/** Core fields as they are written: empty text is none. */
type CoreFields = { email: string | null; firstName: string | null; lastName: string | null; language: string | null };

/**
 * Makes a contact in the caller's workspace. An address that only other workspaces know is linked to this one instead:
 * what is there stays, empty core fields are filled. An erased person's opt-outs and suppressions come back.
 *
 * @throws DomainError `invalid` for custom fields that do not fit; `conflict` when this workspace has the address.
 */
export async function createContact(ctx: WorkspaceContext, input: CreateContactInput): Promise<Contact> {
  const view = await contactView(ctx);
  const { set, problems } = toCustomFieldChange(view.catalog, input.customFields);
  if (problems.length > 0) throw invalid("Validation failed", problems);
  const core: CoreFields = {
    email: input.email ?? null,
    firstName: input.firstName || null,
    lastName: input.lastName || null,
    language: input.language || null,
  };
  const row = await inTransaction(ctx.db, async (tx) => {
    const created = await insertContact(ctx, tx, core, set);
    const id = created ?? (await linkContact(ctx, tx, core, set));
    if (core.email) await restoreErasedAddresses(tx, ctx, [{ id, email: core.email }]);
    await recordChange(tx, ctx, {
      action: created ? "contacts.create" : "contacts.link",
      targetType: "contact",
      targetId: id,
    });
    const [stored] = await tx.$queryRaw<
      ContactRow[]
    >`select ${contactColumns} from contacts c where c.id = ${id}::uuid`;
    if (!stored) throw new Error(`Contact ${id} vanished in its own transaction`);
    return stored;
  });
  return toContact(view, row);
}

/** @returns the new id, or null when the address is known in the installation. */
async function insertContact(
  ctx: WorkspaceContext,
  tx: Db,
  core: CoreFields,
  customFields: Record<string, string>,
): Promise<string | null> {
  const id = newId();
  // With the copy of its link in place, so that the trigger finds nothing to update.
  const inserted = await tx.$executeRaw`
    insert into contacts (id, email, first_name, last_name, language, custom_fields, workspace_ids)
    values (${id}::uuid, ${core.email}, ${core.firstName}, ${core.lastName}, ${core.language},
      ${JSON.stringify(customFields)}::jsonb, array[${ctx.workspaceId}::uuid])
    on conflict (email) do nothing`;
  if (inserted === 0) return null;
  await tx.contactWorkspace.create({ data: { workspaceId: ctx.workspaceId, contactId: id } });
  return id;
}

/** Nothing beyond this workspace's own keys and what was empty changes. */
async function linkContact(
  ctx: WorkspaceContext,
  tx: Db,
  core: CoreFields,
  customFields: Record<string, string>,
): Promise<string> {
  const email = core.email ?? "";
  const linked = await tx.$queryRaw<{ id: string }[]>`
    update contacts c set
      first_name = coalesce(c.first_name, ${core.firstName}),
      last_name = coalesce(c.last_name, ${core.lastName}),
      language = coalesce(c.language, ${core.language}),
      custom_fields = ${JSON.stringify(customFields)}::jsonb || c.custom_fields,
      workspace_ids = c.workspace_ids || ${ctx.workspaceId}::uuid,
      updated_at = now()
    where c.email = ${email} and not c.workspace_ids @> array[${ctx.workspaceId}::uuid]
    returning c.id`;
  const id = linked[0]?.id;
  if (!id) throw emailIsTaken(email);
  await tx.contactWorkspace.create({ data: { workspaceId: ctx.workspaceId, contactId: id } });
  return id;
}
