import type { ExportContactsInput } from "@hustings/contracts/contacts";
import { type Sql, sql } from "@hustings/db/client";
import { stringify } from "csv-stringify/sync";
import type { PoolClient } from "pg";
import type { WorkspaceContext } from "../context";
import { DomainError } from "../errors";
import { guardFormula } from "../imports/formula-guard";
import { type ContactRow, type ContactView, contactColumns, contactView, toContact } from "./mapper";
import { matchFilters } from "./selection";
import { SORT_KEY, toDirection } from "./sort";
import { visibleContacts } from "./visible-contacts";

/** Rows fetched at a time: what the process holds, whatever the list's size. */
const BATCH_SIZE = 1_000;

/** Each export holds a connection until its reader has it all. */
const MAX_AT_ONCE = 3;
/** A reader who takes nothing for so long has gone; the connection is wanted back. */
const STALLED_MS = 60_000;

const CORE_COLUMNS = ["id", "email", "firstName", "lastName", "language", "globallyUnsubscribed", "tags"] as const;
const TIME_COLUMNS = ["createdAt", "updatedAt"] as const;

let running = 0;

/**
 * The list's filters, or of those some contacts by id, as CSV, in pieces of some hundred kilobytes, in constant memory and from one snapshot. The first
 * line names the columns as the import knows them: core fields, tags (joined by `;`), custom fields, times. Cells that
 * a spreadsheet would take for a formula start with an apostrophe.
 *
 * @throws DomainError with the first piece: `invalid` for a tag or segment that does not exist here; `unavailable` when
 * too many exports run at once.
 */
export async function* exportContacts(ctx: WorkspaceContext, input: ExportContactsInput): AsyncGenerator<string> {
  const [matching, view] = await Promise.all([matchFilters(ctx, input), contactView(ctx)]);
  const condition = input.ids === undefined ? matching : sql`${matching} and c.id = any(${toIds(input.ids)}::uuid[])`;
  if (running >= MAX_AT_ONCE)
    throw new DomainError("unavailable", "Too many exports at once. Try again soon.", undefined, 10);
  running++;
  try {
    const fieldNames = await customColumns(ctx, view);
    const header = [...CORE_COLUMNS, ...fieldNames, ...TIME_COLUMNS];
    yield stringify([header.map(guardFormula)], { bom: true });
    for await (const rows of readRows(ctx, sql`${condition} order by ${exportOrder(input)}`)) {
      yield stringify(rows.map((row) => toCells(view, fieldNames, row).map(guardFormula)));
    }
  } finally {
    running--;
  }
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

/** Through a server-side cursor: the query runs once, and only as far as it is read. */
async function* readRows(ctx: WorkspaceContext, selection: Sql): AsyncGenerator<ExportRow[]> {
  const query = sql`
    declare exported no scroll cursor for
    select ${contactColumns}, array(
      select t.name from contact_tags l join tags t on t.id = l.tag_id and t.workspace_id = ${ctx.workspaceId}::uuid
      where l.contact_id = c.id order by lower(t.name), t.id) as tags
    from contacts c where ${selection}`;
  const client = await ctx.pool.connect();
  let failure: Error | undefined;
  // Postgres ends the session of a reader who stalls; without a listener that would end the process.
  const onError = (error: Error) => {
    failure = error;
  };
  client.on("error", onError);
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query(`set local idle_in_transaction_session_timeout = ${STALLED_MS}`);
    await client.query(query.text, query.values);
    for (;;) {
      const { rows } = await client.query<ExportRow>(`fetch ${BATCH_SIZE} from exported`);
      if (rows.length > 0) yield rows;
      if (rows.length < BATCH_SIZE) return;
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    await endReading(client, failure);
    client.off("error", onError);
  }
}

/** Gives the connection back, or throws it away when it is no longer good. */
async function endReading(client: PoolClient, failure: Error | undefined): Promise<void> {
  try {
    if (!failure) await client.query("rollback");
    client.release(failure);
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}
