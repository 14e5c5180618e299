import type { Database } from "@hustings/db/client";

/** Puts so many people with an address each into a workspace, by one statement. */
export async function insertRecipients(
  { pool }: Pick<Database, "pool">,
  workspaceId: string,
  count: number,
): Promise<void> {
  await pool.query(
    `with people as (
       insert into contacts (id, email, first_name, workspace_ids, updated_at)
       select gen_random_uuid(), 'p' || n || '@example.com', 'Person ' || n, array[$1::uuid], now()
       from generate_series(1, $2::int) n returning id)
     insert into contact_workspaces (workspace_id, contact_id) select $1::uuid, id from people`,
    [workspaceId, count],
  );
}
