import type { WorkspaceContext } from "../context";

/** Puts many people with a language, and nothing else to tell them apart, into a workspace in one statement. */
export async function insertMany(ctx: WorkspaceContext, language: string, count: number): Promise<void> {
  await ctx.db.$executeRaw`
    with people as (
      insert into contacts (id, language, workspace_ids)
      select gen_random_uuid(), ${language}, array[${ctx.workspaceId}::uuid] from generate_series(1, ${count}::int)
      returning id)
    insert into contact_workspaces (workspace_id, contact_id) select ${ctx.workspaceId}::uuid, id from people`;
}
