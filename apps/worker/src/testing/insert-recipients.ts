import type { TestDatabase } from "@hustings/db/test-database";

/** Puts so many people with an address each into a workspace, by one statement. */
export async function insertRecipients(database: TestDatabase, workspaceId: string, count: number): Promise<void> {
  await database.pool.query(
    `with people as (
       insert into contacts (id, email, first_name, workspace_ids, updated_at)
       select gen_random_uuid(), 'p' || n || '@example.com', 'Person ' || n, array[$1::uuid], now()
       from generate_series(1, $2::int) n returning id)
     insert into contact_workspaces (workspace_id, contact_id) select $1::uuid, id from people`,
    [workspaceId, count],
  );
}
