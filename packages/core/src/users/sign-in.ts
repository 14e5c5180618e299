import { emailAddress } from "@hustings/contracts/primitives";
import { type Db, inTransaction } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import { recordChange } from "../audit/record-change";
import type { CoreContext } from "../context";
import { asSystem } from "./as-system";
import { lockGlobalAdmins } from "./global-admins";

/** Who may come in beside those who were invited. All in lower case. */
export type SignInRules = {
  /** Domains and addresses. */
  allowed: readonly string[];
  /** Becomes global admin, as long as there is none. */
  bootstrapAdmin: string | null;
};

/** Somebody whose address the identity provider has verified. */
export type Visitor = {
  /** Lower case. */
  email: string;
  name: string | null;
  /** Whether the provider vouches that the organisation of its domain manages the address. */
  isOfDomain: boolean;
};

type KnownUser = { id: string; name: string };

/**
 * Lets somebody in: who was invited and is active; the first global admin, named by the operator, until there is one;
 * and who is allowed without an invitation, as a user without membership. Null for everybody else.
 */
export async function admitVisitor(ctx: CoreContext, rules: SignInRules, visitor: Visitor): Promise<KnownUser | null> {
  const { email } = visitor;
  if (!emailAddress.safeParse(email).success) return null;
  const known = await ctx.db.user.findUnique({ where: { email }, select: { id: true, name: true, isActive: true } });
  if (known && !known.isActive) return null;
  if (rules.bootstrapAdmin === email && !(await hasGlobalAdmin(ctx.db))) await makeFirstAdmin(ctx, visitor);
  else if (known) return { id: known.id, name: known.name };
  else if (isAllowed(rules, visitor)) await inTransaction(ctx.db, (tx) => makeUser(tx, ctx, visitor));
  return findUserForSignIn(ctx, email);
}

/** The active user with this address (already lower-cased), or null. */
export async function findUserForSignIn(ctx: Pick<CoreContext, "db">, email: string): Promise<KnownUser | null> {
  return ctx.db.user.findUnique({ where: { email, isActive: true }, select: { id: true, name: true } });
}

/** Notes when, and keeps the picture that the identity provider gives; people without one have initials. */
export async function recordSignIn(
  ctx: Pick<CoreContext, "db" | "ports">,
  userId: string,
  image: string | null,
): Promise<void> {
  const data = { lastSignInAt: ctx.ports.now(), ...(image === null ? {} : { image }) };
  await ctx.db.user.updateMany({ where: { id: userId }, data });
}

const hasGlobalAdmin = async (db: Db): Promise<boolean> =>
  (await db.user.count({ where: { role: "admin", isActive: true } })) > 0;

function isAllowed({ allowed }: SignInRules, { email, isOfDomain }: Visitor): boolean {
  return allowed.includes(email) || (isOfDomain && allowed.includes(email.slice(email.lastIndexOf("@") + 1)));
}

async function makeFirstAdmin(ctx: CoreContext, visitor: Visitor): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await lockGlobalAdmins(tx);
    if (await hasGlobalAdmin(tx)) return;
    const id = await makeUser(tx, ctx, visitor);
    await tx.user.update({ where: { id }, data: { role: "admin" } });
    await audit(tx, ctx, "users.update", id, { role: "admin", why: "BOOTSTRAP_ADMIN_EMAIL" });
  });
}

/** @returns the id of whoever has this address now. */
async function makeUser(tx: Db, ctx: CoreContext, { email, name }: Visitor): Promise<string> {
  const data = { id: newId(), email, name: toLine(name) || email.slice(0, email.lastIndexOf("@")) };
  const { count } = await tx.user.createMany({ data, skipDuplicates: true });
  if (count > 0) await audit(tx, ctx, "users.create", data.id, { role: "member" });
  return (await tx.user.findUniqueOrThrow({ where: { email }, select: { id: true } })).id;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a name has none
const NO_NAME = /[\u0000-\u001f\u007f\s\p{Surrogate}]+/gu;

/** What the provider says of a name, as a name of ours may be. */
const toLine = (name: string | null): string => (name ?? "").replace(NO_NAME, " ").trim().slice(0, 200);

async function audit(tx: Db, ctx: CoreContext, action: string, userId: string, details: Record<string, string>) {
  const { principal } = asSystem(ctx, "sign-in");
  await recordChange(tx, { principal }, { action, targetType: "user", targetId: userId, details });
}
