import type { AutomationDryRun, DryRunAutomationInput } from "@hustings/contracts/automations";
import { join, type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { fieldCatalog } from "../fields/catalog";
import { stateColumns } from "./apply-rules";
import { compileRule, findTagsById } from "./compile-rule";
import type { Effect } from "./effect";
import { fullName, toChange } from "./mapper";
import { type PersonState, planChanges, type TagLookup } from "./plan-changes";
import { findRuleTags } from "./rule-tags";

const EXAMPLES = 10;

/**
 * Whom a rule is for now, and whom it would change, exactly; of these the newest, with what would become of them.
 * Changes nothing.
 *
 * @throws DomainError `invalid` that names each condition and action that does not fit.
 */
export async function dryRunAutomation(
  ctx: WorkspaceContext,
  { config }: DryRunAutomationInput,
): Promise<AutomationDryRun> {
  const [catalog, { problems }] = await Promise.all([fieldCatalog(ctx), findTagsById(ctx, config)]);
  const rule = compileRule(ctx, catalog, config, problems);
  const findTag = await findRuleTags(ctx.db, ctx, [rule.effect]);
  const [counts] = await ctx.db.$queryRaw<{ matched: number; wouldChange: number; newest: string[] }[]>`
    with matches as materialized (
      select c.id, coalesce(${wouldChange(rule.effect, findTag)}, false) as "wouldChange" from contacts c
      where c.workspace_ids @> array[${ctx.workspaceId}::uuid] and (${rule.matches}))
    select count(*)::int as matched, (count(*) filter (where "wouldChange"))::int as "wouldChange",
      array(select id::text from matches where "wouldChange" order by id desc limit ${EXAMPLES}) as newest
    from matches`;
  const { matched = 0, wouldChange: count = 0, newest = [] } = counts ?? {};
  const people = await ctx.db.$queryRaw<(PersonState & { email: string | null })[]>`
    select ${stateColumns([rule])}, c.email from contacts c where c.id = any(${newest}::uuid[]) order by c.id desc`;
  const examples = people.map((person) => ({
    contactId: person.id,
    name: fullName(person),
    email: person.email,
    changes: planChanges(person, rule.effect, findTag).changes.map(toChange),
  }));
  return { matched, wouldChange: count, examples };
}

const COLUMNS = {
  firstName: sql`c.first_name`,
  lastName: sql`c.last_name`,
  language: sql`c.language`,
  globallyUnsubscribed: sql`c.globally_unsubscribed`,
} as const;

/** Whether anything of a contact is different from what the effect wants: what `planChanges` finds, for a whole table. */
function wouldChange({ core, custom, tags }: Effect, findTag: TagLookup): Sql {
  const parts: Sql[] = [];
  for (const [field, value] of Object.entries(core) as [keyof typeof COLUMNS, string | boolean | null][])
    parts.push(
      typeof value === "boolean"
        ? sql`${COLUMNS[field]} is distinct from ${value}`
        : sql`${COLUMNS[field]} is distinct from ${value}::text`,
    );
  for (const [key, { value }] of custom)
    parts.push(sql`c.custom_fields ->> ${key}::text is distinct from ${value}::text`);
  const words = new Map<string, boolean>();
  for (const { ref, isAdded } of tags) {
    const tag = findTag(ref);
    if (tag) words.set(tag.id, isAdded);
  }
  for (const [id, isAdded] of words)
    parts.push(isAdded ? sql`not c.tag_ids::text[] @> array[${id}]` : sql`c.tag_ids::text[] @> array[${id}]`);
  return parts.length === 0 ? sql`false` : sql`(${join(parts, " or ")})`;
}
