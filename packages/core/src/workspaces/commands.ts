import {
  type CreateWorkspaceInput,
  type UpdateWorkspaceInput,
  type Workspace,
  type WorkspaceSender,
  workspaceSender,
} from "@hustings/contracts/workspaces";
import { type Db, inTransaction, isUniqueViolation } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import { refuseUnfinishedCampaigns } from "../campaigns/unfinished";
import type { PrincipalContext } from "../context";
import { conflict, notFound } from "../errors";
import { assertGlobalAdmin } from "./access";
import { toWorkspace } from "./mapper";
import { openWorkspaceById } from "./open-by-id";
import { firstFreeSlug, toSlug } from "./slug";

const slugIsTaken = (slug: string) =>
  conflict("A workspace with this slug already exists", [`slug: "${slug}" is taken`]);

/**
 * Makes a workspace; whoever makes it becomes its admin. Without a slug, the name makes one.
 *
 * @throws DomainError `forbidden` unless a global admin asks; `conflict` when the slug is taken.
 */
export async function createWorkspace(ctx: PrincipalContext, input: CreateWorkspaceInput): Promise<Workspace> {
  assertGlobalAdmin(ctx);
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const slug = input.slug ?? (await findFreeSlug(tx, input.name));
      const row = await tx.workspace.create({ data: { name: input.name, slug } });
      const { userId } = ctx.principal;
      if (userId) await tx.membership.create({ data: { workspaceId: row.id, userId, role: "admin" } });
      await recordChange(
        tx,
        { principal: ctx.principal, workspaceId: row.id },
        { action: "workspaces.create", targetType: "workspace", targetId: row.id, details: { name: row.name, slug } },
      );
      return toWorkspace(row, "admin");
    });
  } catch (error) {
    throw isUniqueViolation(error) ? slugIsTaken(input.slug ?? toSlug(input.name)) : error;
  }
}

/** One at a time, so that two workspaces of the same name do not choose the same slug. */
const SLUG_LOCK = 72_707_372;

async function findFreeSlug(db: Db, name: string): Promise<string> {
  await db.$queryRaw`select pg_advisory_xact_lock(${SLUG_LOCK})::text`;
  const slug = toSlug(name);
  const taken = await db.workspace.findMany({
    where: { slug: { startsWith: slug.slice(0, 50) } },
    select: { slug: true },
  });
  return firstFreeSlug(slug, new Set(taken.map((row) => row.slug)));
}

/**
 * Renames a workspace, and says who its campaigns come from and whether scripts may send them; addresses in the
 * dashboard follow the slug.
 *
 * @throws DomainError `not_found` without a role in it; `forbidden` below admin; `conflict` when the slug is taken;
 *   `invalid` when a live sender would lose a part while campaigns are on their way.
 */
export async function updateWorkspace(
  ctx: PrincipalContext,
  { id, ...changes }: UpdateWorkspaceInput,
): Promise<Workspace> {
  const workspace = await openWorkspaceById(ctx, id, "admin");
  try {
    return await inTransaction(ctx.db, async (tx) => {
      if (ctx.settings.emailMode === "live" && losesPart(changes))
        await refuseUnfinishedCampaigns(
          tx,
          { workspaceId: id, NOT: { status: "draft" } },
          "Campaigns that are on their way need the whole sender. Change it, or wait until they are sent.",
        );
      const [row] = await tx.workspace.updateManyAndReturn({ where: { id }, data: changes });
      if (!row) throw notFound("Workspace");
      await recordChange(tx, workspace, {
        action: "workspaces.update",
        targetType: "workspace",
        targetId: id,
        details: changes,
      });
      return toWorkspace(row, workspace.role);
    });
  } catch (error) {
    throw isUniqueViolation(error) ? slugIsTaken(changes.slug ?? "") : error;
  }
}

const losesPart = (sender: Partial<WorkspaceSender>): boolean =>
  Object.keys(workspaceSender.shape).some((part) => sender[part as keyof WorkspaceSender] === null);
