import type { ExplainMatchInput, MatchExplanation } from "@hustings/contracts/segments";
import { join, type Sql, sql } from "@hustings/db/client";
import { assertContact } from "../contacts/queries";
import type { WorkspaceContext } from "../context";
import { fieldCatalog } from "../fields/catalog";
import { compileFilter } from "./compile-filter";
import { type FilterScope, isInScope } from "./conditions/compiled";
import { type FilterTarget, resolveTarget } from "./filter-target";
import { matchSegment } from "./match-segment";

/**
 * Why a contact matches a filter, or does not: of each condition whether it holds, and what it looked at.
 *
 * @throws DomainError `not_found`, also for another workspace's contact; `invalid` that names every misfit; `forbidden`
 * across workspaces without a global admin.
 */
export async function explainMatch(ctx: WorkspaceContext, input: ExplainMatchInput): Promise<MatchExplanation> {
  const { filter, contactId, crossWorkspace = false } = input;
  const matches = await matchSegment(ctx, { filter, crossWorkspace });
  await assertContact(ctx, contactId);
  const catalog = await fieldCatalog(ctx);
  const scope: FilterScope = { workspaceId: ctx.workspaceId, acrossWorkspaces: crossWorkspace, ports: ctx.ports };
  const holds = filter.conditions.map((condition) =>
    compileFilter(scope, catalog, { match: "all", conditions: [condition] }),
  );
  const values = filter.conditions.map(({ field }) => lookAt(scope, resolveTarget(catalog, field)));
  const [row] = await ctx.db.$queryRaw<{ matches: boolean; holds: boolean[]; values: (string | null)[] }[]>`
    select coalesce(${matches}, false) as matches,
      array[${join([...holds.map((each) => sql`coalesce(${each}, false)`), sql`false`])}] as holds,
      array[${join([...values, sql`null`])}]::text[] as values
    from contacts c where c.id = ${contactId}::uuid`;
  return {
    matches: row?.matches ?? false,
    conditions: filter.conditions.map((_, index) => ({
      holds: row?.holds[index] ?? false,
      value: row?.values[index] ?? null,
    })),
  };
}

const COLUMNS = {
  email: sql`c.email`,
  firstName: sql`c.first_name`,
  lastName: sql`c.last_name`,
  language: sql`c.language`,
  globallyUnsubscribed: sql`c.globally_unsubscribed::text`,
  createdAt: isoOf(sql`c.created_at`),
  updatedAt: isoOf(sql`c.updated_at`),
} as const;

/** What a person has where a condition looks, as text; null for nothing, and for what campaigns wrote down. */
function lookAt(scope: FilterScope, target: FilterTarget): Sql {
  switch (target.kind) {
    case "text":
    case "date":
    case "boolean":
      return "column" in target.source ? COLUMNS[target.source.column] : fieldOf(target.source.storedKey);
    case "number":
    case "multiselect":
    case "untyped":
      return fieldOf(target.storedKey);
    case "tags":
      return sql`(select string_agg(t.name, ', ' order by lower(t.name)) from contact_tags l join tags t on t.id = l.tag_id
        where l.contact_id = c.id and ${isInScope(scope, sql`t.workspace_id`)})`;
    case "interactionCount":
      return ofInteractions(scope, sql`count(*)::text`);
    case "lastInteraction":
      return ofInteractions(scope, isoOf(sql`max(i.occurred_at)`));
    case "interaction":
      return ofInteractions(scope, isoOf(sql`max(i.occurred_at)`), sql`i.type = ${target.type}::"InteractionType"`);
    case "campaign":
      return sql`null`;
  }
}

const fieldOf = (storedKey: string): Sql => sql`nullif(c.custom_fields ->> ${storedKey}::text, '')`;

const ofInteractions = (scope: FilterScope, value: Sql, condition: Sql = sql`true`): Sql =>
  sql`(select ${value} from interactions i
    where i.contact_id = c.id and ${isInScope(scope, sql`i.workspace_id`)} and ${condition})`;

function isoOf(time: Sql): Sql {
  return sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
