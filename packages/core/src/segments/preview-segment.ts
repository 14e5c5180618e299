import type { PreviewSegmentInput, SegmentPreview } from "@hustings/contracts/segments";
import type { WorkspaceContext } from "../context";
import { matchSegment } from "./match-segment";

const PAGE = 50;

/**
 * Who matches a filter now: the exact count and the 50 newest (ids are UUID v7, so their order is that of creation).
 * One pass over the matches for both: a walk from the newest could pass a million contacts between two of them.
 *
 * @throws DomainError `invalid` when the filter does not compile; `forbidden` for `crossWorkspace` without a global admin.
 */
export async function previewSegment(ctx: WorkspaceContext, input: PreviewSegmentInput): Promise<SegmentPreview> {
  const condition = await matchSegment(ctx, input);
  const [preview] = await ctx.db.$queryRaw<SegmentPreview[]>`
    with matches as materialized (select c.id from contacts c where ${condition}),
    newest as (select id from matches order by id desc limit ${PAGE})
    select (select count(*)::int from matches) as count, coalesce(
      (select jsonb_agg(jsonb_build_object(
          'id', c.id, 'email', c.email, 'first_name', c.first_name, 'last_name', c.last_name) order by c.id desc)
        from newest join contacts c on c.id = newest.id), '[]') as contacts`;
  return preview ?? { count: 0, contacts: [] };
}
