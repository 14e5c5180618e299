import { filter as filterSchema } from "@hustings/contracts/filter";
import type { ById } from "@hustings/contracts/primitives";
import type { Segment } from "@hustings/contracts/segments";
import { join, type Sql, sql } from "@hustings/db/client";
import { assertContact } from "../contacts/queries";
import type { WorkspaceContext } from "../context";
import { DomainError } from "../errors";
import { toSegment } from "./mapper";
import { matchSegment, visibleSegments } from "./match-segment";

/** Each is asked about the one person: more would make a page of a person slow. */
const MAX_ASKED = 100;

/**
 * The segments that a contact is in right now, by name; of very many the newest. Segments whose filter does not compile
 * any more match nobody.
 *
 * @throws DomainError `not_found`, also for another workspace's contact.
 */
export async function listContactSegments(ctx: WorkspaceContext, { id }: ById): Promise<Segment[]> {
  await assertContact(ctx, id);
  const rows = await ctx.db.segment.findMany({
    where: visibleSegments(ctx),
    orderBy: { id: "desc" },
    take: MAX_ASKED,
  });
  const questions: Sql[] = [];
  for (const { id: segmentId, filter, crossWorkspace, workspaceId } of rows) {
    const rule = { filter: filterSchema.parse(filter), crossWorkspace, workspaceId };
    const condition = await matchSegment(ctx, rule).catch(nobodyWhenMisfit);
    if (condition)
      questions.push(sql`select ${segmentId}::uuid as id from contacts c where c.id = ${id}::uuid and (${condition})`);
  }
  if (questions.length === 0) return [];
  const found = await ctx.db.$queryRaw<{ id: string }[]>`${join(questions, " union all ")}`;
  const ids = new Set(found.map((row) => row.id));
  return rows
    .filter((row) => ids.has(row.id))
    .map(toSegment)
    .sort((a, b) => a.name.localeCompare(b.name));
}

function nobodyWhenMisfit(thrown: unknown): null {
  if (thrown instanceof DomainError && thrown.kind === "invalid") return null;
  throw thrown;
}
