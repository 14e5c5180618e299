import { type Db, inTransaction } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { CoreContext } from "../context";
import { asSystem } from "../users/as-system";
import { openWorkspaceAsSystem } from "../workspaces/access";
import { createDemo } from "./create-demo";
import { createDemoCampaigns } from "./demo-campaigns";

/** Two first starts at once: the second waits, and then finds nothing to do. */
const SETUP_LOCK = 72_707_371;

export type SetupResult = {
  isGlobalWorkspaceMade: boolean;
  /** False too where it was asked for and the database was in use already. */
  isDemoMade: boolean;
};

/**
 * What every installation needs before its first request: the global workspace. With `withDemo`, on a database that
 * nobody has used yet, also the demo. Called again it changes nothing.
 */
export async function setUpInstallation(ctx: CoreContext, { withDemo }: { withDemo: boolean }): Promise<SetupResult> {
  const { isGlobalWorkspaceMade, demo } = await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(${SETUP_LOCK})::text`;
    return {
      isGlobalWorkspaceMade: await ensureGlobalWorkspace({ ...ctx, db: tx }),
      demo: withDemo && (await isUnused(tx)) ? await createDemo({ ...ctx, db: tx }) : null,
    };
  });
  // After the commit: sending locks its batch on a connection of its own.
  if (demo) await createDemoCampaigns(await openWorkspaceAsSystem(ctx, demo.workspaceId, "first start"), demo);
  return { isGlobalWorkspaceMade, isDemoMade: demo !== null };
}

async function ensureGlobalWorkspace(ctx: CoreContext): Promise<boolean> {
  if (await ctx.db.workspace.findFirst({ where: { isGlobal: true }, select: { id: true } })) return false;
  const taken = await ctx.db.workspace.count({ where: { slug: "global" } });
  const row = await ctx.db.workspace.create({
    data: { name: "All workspaces", slug: taken ? "all-workspaces" : "global", isGlobal: true },
  });
  const { principal } = asSystem(ctx, "first start");
  await recordChange(
    ctx.db,
    { principal, workspaceId: row.id },
    { action: "workspaces.create", targetType: "workspace", targetId: row.id, details: { name: row.name } },
  );
  return true;
}

async function isUnused(db: Db): Promise<boolean> {
  const rows = await db.$queryRaw<{ isUsed: boolean }[]>`
    select exists (select 1 from users) or exists (select 1 from contacts)
      or exists (select 1 from workspaces where not is_global) as "isUsed"`;
  return rows[0]?.isUsed === false;
}
