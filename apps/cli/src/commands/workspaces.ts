import { createWorkspaceInput } from "@hustings/contracts/workspaces";
import type { PrincipalContext } from "@hustings/core/context";
import { createWorkspace as createInCore } from "@hustings/core/workspaces/commands";
import { CliError } from "../cli-error";
import { type Print, printTable } from "../print";

/** All workspaces, by slug, with how many people each holds. */
export async function listWorkspaces(ctx: PrincipalContext, print: Print): Promise<void> {
  const [workspaces, stats] = await Promise.all([
    ctx.db.workspace.findMany({ orderBy: { slug: "asc" }, include: { _count: { select: { memberships: true } } } }),
    ctx.db.workspaceStats.findMany(),
  ]);
  const contacts = new Map(stats.map((row) => [row.workspaceId, row.contacts]));
  const rows = workspaces.map((row) => [
    row.slug,
    row.isGlobal ? `${row.name} (global)` : row.name,
    String(row._count.memberships),
    String(contacts.get(row.id) ?? 0),
  ]);
  printTable(print, ["SLUG", "NAME", "MEMBERS", "CONTACTS"], rows);
}

/** @throws CliError for a name or slug that does not do; DomainError `conflict` when the slug is taken. */
export async function createWorkspace(
  ctx: PrincipalContext,
  name: string,
  slug: string | undefined,
  print: Print,
): Promise<void> {
  const input = createWorkspaceInput.safeParse({ name, slug });
  if (!input.success)
    throw new CliError(input.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
  const workspace = await createInCore(ctx, input.data);
  print(`The workspace ${workspace.name} is there; its slug is ${workspace.slug}.`);
}
