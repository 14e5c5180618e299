import type {
  EmailConnection,
  GmailContact,
  GmailContactList,
  ListGmailContactsInput,
} from "@hustings/contracts/email-connections";
import type { Range } from "@hustings/contracts/primitives";
import { sql } from "@hustings/db/client";
import { visibleContacts } from "../contacts/visible-contacts";
import type { PrincipalContext } from "../context";
import { redirectUriOf } from "./connect";
import { toEmailConnection } from "./mapper";
import { findWorkspace, getOwnConnection, ownerId } from "./owner";

/** The caller's own connections, newest first. */
export async function listEmailConnections(
  ctx: PrincipalContext,
  { limit, offset }: Range,
): Promise<{ connections: EmailConnection[]; total: number }> {
  const where = { userId: ownerId(ctx) };
  const [rows, total] = await Promise.all([
    ctx.db.emailConnection.findMany({ where, orderBy: { id: "desc" }, take: limit, skip: offset }),
    ctx.db.emailConnection.count({ where }),
  ]);
  const now = ctx.ports.now();
  return { connections: rows.map((row) => toEmailConnection(row, now)), total };
}

/** Whether Gmail can be connected here, and the address that the operator registers at Google. */
export const getEmailSetup = (ctx: PrincipalContext) => ({
  isConfigured: ctx.ports.gmail !== undefined,
  redirectUri: redirectUriOf(ctx.settings),
});

type ContactRow = Omit<GmailContact, "lastMessageAt" | "inCrm"> & { lastAt: Date; total: number };

/**
 * A page of the people met in a mailbox, who wrote or was written to last first, matched by address with the contacts
 * of the active workspace: none, for a person without one.
 *
 * @throws DomainError `not_found`; `forbidden` for somebody else's connection, or a workspace without a role in it.
 */
export async function listGmailContacts(
  ctx: PrincipalContext,
  workspaceId: string | undefined,
  input: ListGmailContactsInput,
): Promise<GmailContactList> {
  const connection = await getOwnConnection(ctx, input.id);
  const workspace = await findWorkspace(ctx, workspaceId);
  const isVisible = workspace ? visibleContacts(workspace) : sql`false`;
  const search = input.search?.toLowerCase();
  const isFound = search
    ? sql`(strpos(a.email, ${search}) > 0 or strpos(lower(coalesce(a.name, '')), ${search}) > 0)`
    : sql`true`;
  const isWanted = { all: sql`true`, known: sql`c.id is not null`, unknown: sql`c.id is null` }[input.match];
  const from = sql`
    from email_addresses a
    left join contacts c on c.email = a.email and ${isVisible}
    where a.connection_id = ${connection.id}::uuid and ${isFound} and ${isWanted}`;
  const [rows, counted] = await Promise.all([
    ctx.db.$queryRaw<ContactRow[]>`
      select page.*, s.sync_interactions as "syncInteractions", s.interactions_visible as "interactionsVisible"
      from (
        select a.email, a.name, a.message_count as "messageCount", a.sent_count as "sentCount",
          a.received_count as "receivedCount", a.last_at as "lastAt", c.id as "contactId",
          nullif(concat_ws(' ', c.first_name, c.last_name), '') as "contactName"
        ${from} order by a.last_at desc, a.email
        limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}) page
      left join email_contact_settings s
        on s.contact_id = page."contactId" and s.user_id = ${connection.userId}::uuid
      order by page."lastAt" desc, page.email`,
    ctx.db.$queryRaw<{ total: number }[]>`select count(*)::int as total ${from}`,
  ]);
  return {
    contacts: rows.map(({ lastAt, ...row }) => ({
      ...row,
      lastMessageAt: lastAt.toISOString(),
      inCrm: row.contactId !== null,
    })),
    total: counted[0]?.total ?? 0,
    page: input.page,
    pageSize: input.pageSize,
  };
}
