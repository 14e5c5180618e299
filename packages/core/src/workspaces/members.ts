import type { Range } from "@hustings/contracts/primitives";
import type { AddMemberInput, Member, MemberId, UpdateMemberInput } from "@hustings/contracts/workspaces";
import { type Db, inTransaction, isUniqueViolation } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { UserModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { PrincipalContext, WorkspaceContext } from "../context";
import { conflict, invalid, notFound } from "../errors";
import { openWorkspaceById } from "./open-by-id";

type MembershipRow = { userId: string; role: Member["role"]; user: { name: string; email: string } };

const WITH_USER = { user: { select: { name: true, email: true } } } as const;
const toMember = ({ userId, role, user }: MembershipRow): Member => ({
  userId,
  name: user.name,
  email: user.email,
  role,
});

/**
 * Who has a membership, newest first, each with the membership's role. Global admins without one are not listed.
 *
 * @throws DomainError `not_found` without a role in the workspace; `forbidden` below admin.
 */
export async function listMembers(
  ctx: PrincipalContext,
  { id, limit, offset }: { id: string } & Range,
): Promise<{ members: Member[]; total: number }> {
  const { workspaceId } = await openWorkspaceById(ctx, id, "admin");
  const where = { workspaceId };
  const [rows, total] = await Promise.all([
    ctx.db.membership.findMany({
      where,
      include: WITH_USER,
      orderBy: [{ createdAt: "desc" }, { userId: "desc" }],
      take: limit,
      skip: offset,
    }),
    ctx.db.membership.count({ where }),
  ]);
  return { members: rows.map(toMember), total };
}

/**
 * Invites somebody by address: the user exists from then on and may sign in. No message is sent.
 *
 * @throws DomainError `not_found`, `forbidden` as for the list; `conflict` for a member; `invalid` for a deactivated user.
 */
export async function addMember(ctx: PrincipalContext, { id, email, role, name }: AddMemberInput): Promise<Member> {
  const workspace = await openWorkspaceById(ctx, id, "admin");
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const user = await findOrCreateUser(tx, workspace, email, name);
      if (!user.isActive)
        throw invalid("This user is deactivated. A global admin can activate them again.", ["email: is deactivated"]);
      await tx.membership.create({ data: { workspaceId: workspace.workspaceId, userId: user.id, role } });
      await recordChange(tx, workspace, {
        action: "members.create",
        targetType: "user",
        targetId: user.id,
        details: { role },
      });
      return toMember({ userId: user.id, role, user });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict("This person is already a member", ["email: is already a member"]);
    throw error;
  }
}

async function findOrCreateUser(
  tx: Db,
  workspace: WorkspaceContext,
  email: string,
  name: string | undefined,
): Promise<UserModel> {
  const data = { id: newId(), email, name: name ?? email.slice(0, email.lastIndexOf("@")) };
  const { count } = await tx.user.createMany({ data, skipDuplicates: true });
  if (count > 0) await recordChange(tx, workspace, { action: "users.create", targetType: "user", targetId: data.id });
  return tx.user.findUniqueOrThrow({ where: { email } });
}

/**
 * Changes the role of a membership; it holds at the member's next request.
 *
 * @throws DomainError `not_found`, also for somebody who is no member; `forbidden` below admin.
 */
export async function updateMember(ctx: PrincipalContext, { id, userId, role }: UpdateMemberInput): Promise<Member> {
  const workspace = await openWorkspaceById(ctx, id, "admin");
  return inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.membership.updateMany({ where: { workspaceId: id, userId }, data: { role } });
    if (count === 0) throw notFound("Member");
    await recordChange(tx, workspace, {
      action: "members.update",
      targetType: "user",
      targetId: userId,
      details: { role },
    });
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    return toMember({ userId, role, user });
  });
}

/**
 * Ends a membership. The user remains, and what they made; their keys do nothing here any more.
 *
 * @throws DomainError `not_found`, also for somebody who is no member; `forbidden` below admin.
 */
export async function removeMember(ctx: PrincipalContext, { id, userId }: MemberId): Promise<void> {
  const workspace = await openWorkspaceById(ctx, id, "admin");
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.membership.deleteMany({ where: { workspaceId: id, userId } });
    if (count === 0) throw notFound("Member");
    await recordChange(tx, workspace, { action: "members.delete", targetType: "user", targetId: userId });
  });
}
