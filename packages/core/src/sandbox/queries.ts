import type { ListSandboxEmailsInput, SandboxEmail, SimulatedEvent } from "@hustings/contracts/sandbox";
import type { Prisma, SandboxEmailModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { invalid, notFound } from "../errors";

/** @throws DomainError `not_found` in live mode: there is no sandbox then. */
export function assertSandboxMode(ctx: Pick<WorkspaceContext, "settings">): void {
  if (ctx.settings.emailMode !== "sandbox") throw notFound("Sandbox");
}

/** What narrows the mailbox; the list and the bulk simulation take the same. */
export type SandboxFilter = Pick<ListSandboxEmailsInput, "campaignId" | "to" | "workspaceId" | "status" | "since"> & {
  search?: string | undefined;
};

/**
 * The mails that the caller may see: this workspace's; for global admins also those of any workspace they name, and
 * those without a workspace.
 */
export function sandboxWhere(ctx: WorkspaceContext, filter: SandboxFilter): Prisma.SandboxEmailWhereInput {
  if (filter.workspaceId && filter.workspaceId !== ctx.workspaceId && !ctx.isGlobalAdmin)
    throw invalid("Validation failed", ["workspaceId: not found"]);
  return {
    ...(filter.workspaceId ? { workspaceId: filter.workspaceId } : visibleMails(ctx)),
    ...(filter.campaignId && { campaignId: filter.campaignId }),
    ...(filter.to && { to: filter.to }),
    ...(filter.status && { status: filter.status }),
    ...(filter.since && { createdAt: { gte: new Date(filter.since) } }),
    ...(filter.search && {
      AND: {
        OR: [
          { to: { contains: filter.search, mode: "insensitive" } },
          { subject: { contains: filter.search, mode: "insensitive" } },
        ],
      },
    }),
  };
}

/** Sandbox mails without a workspace belong to the installation. */
const visibleMails = (ctx: WorkspaceContext): Prisma.SandboxEmailWhereInput =>
  ctx.isGlobalAdmin
    ? { OR: [{ workspaceId: ctx.workspaceId }, { workspaceId: null }] }
    : { workspaceId: ctx.workspaceId };

/** Caught mails, newest first. */
export async function listSandboxEmails(
  ctx: WorkspaceContext,
  input: ListSandboxEmailsInput,
): Promise<{ emails: SandboxEmail[]; total: number }> {
  assertSandboxMode(ctx);
  const where = sandboxWhere(ctx, input);
  const [rows, total] = await Promise.all([
    ctx.db.sandboxEmail.findMany({ where, orderBy: { id: "desc" }, take: input.limit, skip: input.offset }),
    ctx.db.sandboxEmail.count({ where }),
  ]);
  const names = await readNames(ctx, rows);
  return { emails: rows.map((row) => toSandboxEmail(row, names)), total };
}

/** @throws DomainError `not_found` in live mode, and for another workspace's mail. */
export async function getSandboxEmailRow(ctx: WorkspaceContext, id: string): Promise<SandboxEmailModel> {
  assertSandboxMode(ctx);
  const row = await ctx.db.sandboxEmail.findFirst({ where: { AND: [{ id }, visibleMails(ctx)] } });
  if (!row) throw notFound("Sandbox email");
  return row;
}

/** @throws DomainError `not_found` in live mode, and for another workspace's mail. */
export async function getSandboxEmail(ctx: WorkspaceContext, id: string): Promise<SandboxEmail> {
  const row = await getSandboxEmailRow(ctx, id);
  return toSandboxEmail(row, await readNames(ctx, [row]));
}

/** Recipients' names by contact: of those whom the caller may still see, for a mail stays when its person leaves. */
async function readNames(ctx: WorkspaceContext, rows: SandboxEmailModel[]): Promise<Map<string, string>> {
  const people = await ctx.db.contact.findMany({
    where: {
      id: { in: rows.flatMap(({ contactId }) => contactId ?? []) },
      ...(ctx.isGlobalAdmin ? {} : { workspaceIds: { has: ctx.workspaceId } }),
    },
    select: { id: true, firstName: true, lastName: true },
  });
  return new Map(people.map(({ id, firstName, lastName }) => [id, [firstName, lastName].filter(Boolean).join(" ")]));
}

type StoredEvent = { type: SimulatedEvent; occurredAt: string; url?: string };

const toSandboxEmail = (row: SandboxEmailModel, names: Map<string, string>): SandboxEmail => ({
  id: row.id,
  campaignId: row.campaignId,
  contactId: row.contactId,
  workspaceId: row.workspaceId,
  to: row.to,
  toName: names.get(row.contactId ?? "") || null,
  from: row.from,
  subject: row.subject,
  status: row.status as SandboxEmail["status"],
  headers: row.headers as Record<string, string>,
  html: row.html,
  text: row.text,
  events: row.events as StoredEvent[],
  createdAt: row.createdAt.toISOString(),
});
