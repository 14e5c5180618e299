import type { WorkspaceContext } from "@hustings/core/context";
import { newId } from "@hustings/db/ids";
import type { Pool } from "pg";

/** A row of a file that people bring: five core columns, three fields, by the names of the mapping. */
export type FileRow = Record<(typeof COLUMNS)[number], string>;

const COLUMNS = ["Email", "First", "Last", "Language", "Tags", "Plan", "Score", "City"] as const;

/** Column to target, as an import's request has it. */
export const MAPPING: Record<(typeof COLUMNS)[number], string> = {
  Email: "email",
  First: "firstName",
  Last: "lastName",
  Language: "language",
  Tags: "tags",
  Plan: "plan",
  Score: "score",
  City: "city",
};

/** Of ten rows three are about people who are there. */
const KNOWN_OF_TEN = 3;

/** Addresses of the workspace to import again, the same every time. */
export async function listKnownEmails(pool: Pool, ctx: WorkspaceContext, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ email: string }>(
    "select email from contacts where workspace_ids @> array[$1::uuid] order by hashtext(email), email limit $2",
    [ctx.workspaceId, count],
  );
  return rows.map(({ email }) => email);
}

/** Rows of which 30 % are about known people, mixed; `run` makes the new ones new. */
export function makeFileRows(run: string, count: number, known: readonly string[]): FileRow[] {
  return Array.from({ length: count }, (_, index): FileRow => {
    const isKnown = index % 10 < KNOWN_OF_TEN && known.length > 0;
    return {
      Email: isKnown ? (known[index % known.length] as string) : `person.${index}@${run}.example`,
      First: `Anja${index % 700}`,
      Last: `Kovarik${(index * 7) % 9000}`,
      Language: "sl",
      Tags: `tag-${1 + (index % 20)};tag-${1 + ((index * 3) % 20)}`,
      Plan: ["free", "basic", "pro"][index % 3] as string,
      Score: String(index % 100),
      City: `Town ${index % 1000}`,
    };
  });
}

/** The columns of `contacts` that COPY fills, and nothing beside it. */
export const COPY_TARGET =
  "contacts (id, email, first_name, last_name, language, custom_fields, tag_ids, workspace_ids)";

/** New people as cells for COPY, with everything worked out before: what the import has to find out itself. */
export function toCopyCells(
  { workspaceId }: WorkspaceContext,
  rows: readonly FileRow[],
  tagIds: ReadonlyMap<string, string>,
): string[][] {
  return rows.map((row) => [
    newId(),
    row.Email,
    row.First,
    row.Last,
    row.Language,
    JSON.stringify({
      [`${workspaceId}:plan`]: row.Plan,
      [`${workspaceId}:score`]: row.Score,
      [`${workspaceId}:city`]: row.City,
    }),
    `{${[...new Set(row.Tags.split(";"))].map((name) => tagIds.get(name)).join(",")}}`,
    `{${workspaceId}}`,
  ]);
}
