import type { ExportContactsInput } from "@hustings/contracts/contacts";
import { type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { exportRows } from "../csv/export-rows";
import { type ContactRow, type ContactView, contactColumns, contactView, toContact } from "./mapper";
import { matchFilters } from "./selection";
import { SORT_KEY, toDirection } from "./sort";
import { visibleContacts } from "./visible-contacts";

const CORE_COLUMNS = ["id", "email", "firstName", "lastName", "language", "globallyUnsubscribed", "tags"] as const;
const TIME_COLUMNS = ["createdAt", "updatedAt"] as const;

/**
 * The list's filters, or of those some contacts by id, as CSV. The first line names the columns as the import knows
 * them: core fields, tags (joined by `;`), custom fields, times.
 *
 * @throws DomainError with the first piece: `invalid` for a tag or segment that does not exist here; `unavailable` when
 * too many exports run at once.
 */
export async function* exportContacts(ctx: WorkspaceContext, input: ExportContactsInput): AsyncGenerator<string> {
  const [matching, view] = await Promise.all([matchFilters(ctx, input), contactView(ctx)]);
  const condition = input.ids === undefined ? matching : sql`${matching} and c.id = any(${toIds(input.ids)}::uuid[])`;
  const fieldNames = await customColumns(ctx, view);
  const query = sql`
    select ${contactColumns}, array(
      select t.name from contact_tags l join tags t on t.id = l.tag_id and t.workspace_id = ${ctx.workspaceId}::uuid
      where l.contact_id = c.id order by lower(t.name), t.id) as tags
    from contacts c where ${condition} order by ${exportOrder(input)}`;
  yield* exportRows<ExportRow>(ctx.pool, query, {
    header: [...CORE_COLUMNS, ...fieldNames, ...TIME_COLUMNS],
    toCells: (row) => toCells(view, fieldNames, row),
  });
}

const toIds = (ids: string): string[] => ids.split(",").map((id) => id.trim());

type ExportRow = ContactRow & { tags: string[] };

function toCells(view: ContactView, fieldNames: readonly string[], row: ExportRow): string[] {
  const contact = toContact(view, row);
  return [
    contact.id,
    contact.email ?? "",
    contact.firstName ?? "",
    contact.lastName ?? "",
    contact.language ?? "",
    String(contact.globallyUnsubscribed),
    row.tags.join(";"),
    ...fieldNames.map((name) => contact.customFields[name] ?? ""),
    contact.createdAt,
    contact.updatedAt,
  ];
}

/** Names of the fields that the caller sees: the defined ones in their order, then what is kept without a definition. */
async function customColumns(ctx: WorkspaceContext, { catalog }: ContactView): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ key: string }[]>`
    select distinct k.key from contacts c cross join lateral jsonb_object_keys(c.custom_fields) k(key)
    where ${visibleContacts(ctx)} and starts_with(k.key, ${`${ctx.workspaceId}:`})
    order by k.key limit 1000`;
  const undefinedNames = rows.flatMap(({ key }) => catalog.nameOf(key) ?? []);
  return [...new Set([...catalog.fields.map(({ name }) => name), ...undefinedNames])];
}

function exportOrder({ sortBy, sortOrder }: ExportContactsInput): Sql {
  const direction = toDirection(sortOrder);
  return sql`${SORT_KEY[sortBy]} ${direction} nulls last, c.id ${direction}`;
}
