import { emailAddress, requiredLine } from "@hustings/contracts/primitives";
import { recordChange } from "@hustings/core/audit/record-change";
import type { PrincipalContext } from "@hustings/core/context";
import { updateUser } from "@hustings/core/users/commands";
import { inTransaction, isUniqueViolation } from "@hustings/db/client";
import type { UserModel } from "@hustings/db/types";
import { CliError } from "../cli-error";
import { type Print, printTable } from "../print";

/** Everybody, by address, with what they are in the installation and in how many workspaces. */
export async function listUsers(ctx: PrincipalContext, print: Print): Promise<void> {
  const users = await ctx.db.user.findMany({
    orderBy: { email: "asc" },
    include: { memberships: { include: { workspace: { select: { slug: true } } } } },
  });
  const rows = users.map((user) => [
    user.email,
    user.name,
    user.isActive ? user.role : `${user.role} (deactivated)`,
    user.memberships
      .map((each) => `${each.workspace.slug}: ${each.role}`)
      .sort()
      .join(", "),
  ]);
  printTable(print, ["EMAIL", "NAME", "ROLE", "WORKSPACES"], rows);
}

export type AddUserOptions = { name?: string; admin?: boolean };

/**
 * Makes a user who may sign in: how an installation without demo gets its first global admin.
 *
 * @throws CliError for what is no address, and for one that is there already.
 */
export async function addUser(
  ctx: PrincipalContext,
  email: string,
  { name, admin = false }: AddUserOptions,
  print: Print,
): Promise<void> {
  const address = emailAddress.safeParse(email);
  if (!address.success) throw new CliError(`"${email}" is not an email address.`);
  const called = requiredLine(200).safeParse(name ?? address.data.slice(0, address.data.lastIndexOf("@")));
  if (!called.success) throw new CliError("The name must be one line of at most 200 characters.");
  try {
    await inTransaction(ctx.db, async (tx) => {
      const user = await tx.user.create({
        data: { email: address.data, name: called.data, role: admin ? "admin" : "member" },
      });
      await recordChange(
        tx,
        { principal: ctx.principal },
        { action: "users.create", targetType: "user", targetId: user.id, details: { role: user.role } },
      );
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new CliError(`${address.data} is a user already.`);
    throw error;
  }
  print(`${address.data} may sign in now${admin ? ", as a global admin" : ""}.`);
}

/** What a command of `users` does to somebody. */
export const USER_CHANGES = {
  promote: { role: "admin", isActive: true, done: "is a global admin now" },
  demote: { role: "member", isActive: undefined, done: "is no global admin any more" },
  deactivate: { role: undefined, isActive: false, done: "may not sign in any more, and their API keys are refused" },
  activate: { role: undefined, isActive: true, done: "may sign in again" },
} as const;

/** @throws CliError for an unknown address; DomainError `invalid` for the last global admin. */
export async function changeUser(
  ctx: PrincipalContext,
  email: string,
  change: keyof typeof USER_CHANGES,
  print: Print,
): Promise<void> {
  const user = await findUser(ctx, email);
  const { role, isActive, done } = USER_CHANGES[change];
  await updateUser(ctx, { id: user.id, role: role ?? user.role, isActive });
  print(`${user.email} ${done}.`);
}

/** @throws CliError when there is no such user. */
export async function findUser(ctx: PrincipalContext, email: string): Promise<UserModel> {
  const user = await ctx.db.user.findUnique({ where: { email: email.trim().toLowerCase() } });
  if (!user) throw new CliError(`There is no user ${email}. "users list" shows them.`);
  return user;
}
