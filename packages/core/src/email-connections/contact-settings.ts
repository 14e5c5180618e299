import type {
  EmailContactSetting,
  UpdateEmailContactSettingInput,
  UpdateEmailContactSettingsInput,
} from "@hustings/contracts/email-connections";
import type { Range } from "@hustings/contracts/primitives";
import { type Db, inTransaction, sql } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import { recordChange } from "../audit/record-change";
import type { PrincipalContext } from "../context";
import { invalid, notFound } from "../errors";
import { queueSync } from "./commands";
import { ownerId } from "./owner";
import { hideTexts, readAgain } from "./timeline-texts";

type Row = Omit<EmailContactSetting, "createdAt" | "updatedAt"> & { createdAt: Date; updatedAt: Date };

/** What the caller chose for single contacts, newest first. */
export async function listEmailContactSettings(
  ctx: PrincipalContext,
  range: Range,
): Promise<{ settings: EmailContactSetting[]; total: number }> {
  const userId = ownerId(ctx);
  const [rows, total] = await Promise.all([
    ctx.db.$queryRaw<Row[]>`
      ${selectSettings} where s.user_id = ${userId}::uuid
      order by s.id desc limit ${range.limit} offset ${range.offset}`,
    ctx.db.emailContactSetting.count({ where: { userId } }),
  ]);
  return { settings: rows.map(toSetting), total };
}

/** @throws DomainError `not_found` unless the contact is in a workspace in which the caller has a role. */
export async function updateEmailContactSetting(
  ctx: PrincipalContext,
  input: UpdateEmailContactSettingInput,
): Promise<EmailContactSetting> {
  const { contactId, ...choices } = input;
  return inTransaction(ctx.db, async (tx) => {
    if ((await findReachable(ctx, tx, [contactId])).size === 0) throw notFound("Contact");
    await writeSettings(ctx, tx, [input]);
    await recordChange(tx, ctx, {
      action: "emailContactSettings.update",
      targetType: "contact",
      targetId: contactId,
      details: choices,
    });
    const [row] = await tx.$queryRaw<Row[]>`
      ${selectSettings} where s.user_id = ${ownerId(ctx)}::uuid and s.contact_id = ${contactId}::uuid`;
    if (!row) throw new Error("A setting vanished in its own transaction");
    return toSetting(row);
  });
}

/**
 * The same for many contacts, all or none; one that is named twice counts once, as it is named last.
 *
 * @returns how many contacts have it now.
 * @throws DomainError `invalid` that names each contact who is not there.
 */
export async function updateEmailContactSettings(
  ctx: PrincipalContext,
  { settings }: UpdateEmailContactSettingsInput,
): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const reachable = await findReachable(
      ctx,
      tx,
      settings.map(({ contactId }) => contactId),
    );
    const missing = settings.flatMap(({ contactId }, index) =>
      reachable.has(contactId.toLowerCase()) ? [] : [`settings.${index}.contactId: not found`],
    );
    if (missing.length > 0) throw invalid("Validation failed", missing);
    const byContact = new Map(settings.map((setting) => [setting.contactId.toLowerCase(), setting]));
    await writeSettings(ctx, tx, [...byContact.values()]);
    await recordChange(tx, ctx, {
      action: "emailContactSettings.update",
      targetType: "contact",
      details: { contacts: byContact.size },
    });
    return byContact.size;
  });
}

/** Those of the contacts whom the caller may see in some workspace; held until the transaction ends. */
async function findReachable(ctx: PrincipalContext, tx: Db, ids: readonly string[]): Promise<Set<string>> {
  const isReachable =
    ctx.principal.installationRole === "admin"
      ? sql`true`
      : sql`c.workspace_ids && array(select m.workspace_id from memberships m where m.user_id = ${ownerId(ctx)}::uuid)`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select c.id from contacts c where c.id = any(${ids}::uuid[]) and ${isReachable} order by c.id for key share`;
  return new Set(rows.map(({ id }) => id));
}

/** What is not named stays; null gives the choice back to the connection. */
async function writeSettings(
  ctx: PrincipalContext,
  tx: Db,
  settings: readonly UpdateEmailContactSettingInput[],
): Promise<void> {
  const userId = ownerId(ctx);
  const rows = settings.map(({ contactId, syncInteractions, interactionsVisible }) => ({
    id: newId(),
    contact_id: contactId,
    sync: syncInteractions ?? null,
    has_sync: syncInteractions !== undefined,
    visible: interactionsVisible ?? null,
    has_visible: interactionsVisible !== undefined,
  }));
  await tx.$executeRaw`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id uuid, contact_id uuid, sync boolean, has_sync boolean, visible boolean, has_visible boolean))
    insert into email_contact_settings (id, user_id, contact_id, sync_interactions, interactions_visible)
    select w.id, ${userId}::uuid, w.contact_id,
      case when w.has_sync then w.sync else s.sync_interactions end,
      case when w.has_visible then w.visible else s.interactions_visible end
    from wanted w left join email_contact_settings s on s.user_id = ${userId}::uuid and s.contact_id = w.contact_id
    on conflict (user_id, contact_id) do update set sync_interactions = excluded.sync_interactions,
      interactions_visible = excluded.interactions_visible, updated_at = now()`;
  const contactIds = settings.map(({ contactId }) => contactId);
  await hideTexts(tx, userId, contactIds);
  await readAgain(tx, userId, { contactIds });
  // A person has one or two.
  const connections = await tx.emailConnection.findMany({ where: { userId }, select: { id: true, status: true } });
  for (const connection of connections) await queueSync(tx, connection);
}

const selectSettings = sql`
  select s.contact_id as "contactId", c.email, s.sync_interactions as "syncInteractions",
    s.interactions_visible as "interactionsVisible", s.created_at as "createdAt", s.updated_at as "updatedAt"
  from email_contact_settings s left join contacts c on c.id = s.contact_id`;

const toSetting = (row: Row): EmailContactSetting => ({
  contactId: row.contactId,
  email: row.email,
  syncInteractions: row.syncInteractions,
  interactionsVisible: row.interactionsVisible,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
