import { createApiKey } from "@hustings/core/api-keys/commands";
import type { PrincipalContext } from "@hustings/core/context";
import { DomainError } from "@hustings/core/errors";
import { openWorkspace } from "@hustings/core/workspaces/access";
import { CliError } from "../cli-error";
import type { Print } from "../print";
import { findUser } from "./users";

export type CreateKeyOptions = { email: string; workspace: string; name: string };

/**
 * Makes an API key that acts as a user, and prints it alone on the last line.
 *
 * @throws CliError without API_KEY_SECRET, for a user or workspace that is not there, and for a user without a role in
 * the workspace.
 */
export async function createKey(
  ctx: PrincipalContext,
  { email, workspace: slug, name }: CreateKeyOptions,
  print: Print,
): Promise<void> {
  if (!ctx.settings.apiKeySecret)
    throw new CliError(
      "API_KEY_SECRET is not set: give the one that the server runs with, or it would not recognise the key.",
    );
  const user = await findUser(ctx, email);
  if (!user.isActive) throw new CliError(`${user.email} is deactivated, so a key of theirs would be refused.`);
  const workspace = await ctx.db.workspace.findUnique({ where: { slug } });
  if (!workspace) throw new CliError(`There is no workspace "${slug}". "workspaces list" shows them.`);
  const opened = await openAs(ctx, user, workspace.id, slug);
  const { rawKey } = await createApiKey(opened, { name });
  print(`An API key of ${user.email} in ${workspace.name}. It is shown this once:`);
  print(rawKey);
}

type Owner = Awaited<ReturnType<typeof findUser>>;

/** The user's own role decides whether the key can do anything; the audit names the operator. */
async function openAs(ctx: PrincipalContext, { id, name, email, role }: Owner, workspaceId: string, slug: string) {
  const { via } = ctx.principal;
  const asUser = { userId: id, name, email, installationRole: role, via };
  try {
    return await openWorkspace({ ...ctx, principal: asUser }, workspaceId);
  } catch (error) {
    if (error instanceof DomainError && error.kind === "forbidden")
      throw new CliError(`${email} has no role in "${slug}": invite them there first.`);
    throw error;
  }
}
