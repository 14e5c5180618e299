import type { AutomationCause } from "@hustings/contracts/automations";
import { type Db, join, type Sql, sql } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { WorkspaceContext } from "../context";
import type { CompiledRule } from "./compile-rule";
import type { StoredChange } from "./mapper";
import { type PersonState, planChanges, type TagLookup } from "./plan-changes";
import { findRuleTags, makeMissingTags } from "./rule-tags";
import { writePeople } from "./write-people";

/** Changes by rules are looked at this often in a row, and not once more. */
export const MAX_ROUNDS = 5;

/** A rule that is ready to be applied. */
export type ReadyRule = CompiledRule & { id: string; name: string };

export type Round = {
  /** Rounds of changes by rules that came before. */
  round: number;
  /** Whom to look at, and why. */
  causes: ReadonlyMap<string, AutomationCause>;
  runId?: string;
};

export type RoundResult = {
  /** How many people each rule changed. */
  changed: Map<string, number>;
  /** Rules that would have gone on beyond the last round. */
  stopped: Set<string>;
};

type Application = { rule: ReadyRule; contactId: string; changes: StoredChange[] };

/**
 * Applies rules to people in one round, in the caller's transaction: whom a rule is for is decided for all rules at
 * once, by how people are when the round begins; then each does its part in order. What they change is noted for the
 * next round by the triggers. Set-based: some eight statements, however many rules and people there are.
 *
 * @param rules in the order in which they act.
 */
export async function applyRules(
  tx: Db,
  ctx: WorkspaceContext,
  rules: readonly ReadyRule[],
  { round, causes, runId }: Round,
): Promise<RoundResult> {
  const found = await findRuleTags(
    tx,
    ctx,
    rules.map(({ effect }) => effect),
  );
  const people = await lockMatches(tx, ctx, rules, [...causes.keys()]);
  const isOver = round >= MAX_ROUNDS;
  const atWork = rules.filter((_, index) => people.some(({ matches }) => matches[index]));
  const effects = atWork.map(({ effect }) => effect);
  const findTag = isOver ? found : await makeMissingTags(tx, ctx, effects, found);
  const { applications, changed } = planRound(rules, people, findTag);
  if (!isOver) await writePeople(tx, changed, round + 1);
  await recordApplications(tx, ctx, applications, { round, causes, ...(runId ? { runId } : {}) });
  const result: RoundResult = { changed: new Map(), stopped: new Set() };
  for (const { rule } of applications) {
    if (isOver) result.stopped.add(rule.id);
    else result.changed.set(rule.id, (result.changed.get(rule.id) ?? 0) + 1);
  }
  return result;
}

/** Lets each rule do its part, in order, with everybody whom it is for. */
function planRound(rules: readonly ReadyRule[], people: readonly MatchedPerson[], findTag: TagLookup) {
  const applications: Application[] = [];
  const changed: { before: PersonState; next: PersonState }[] = [];
  for (const { matches, ...before } of people) {
    let state: PersonState = before;
    for (const [index, rule] of rules.entries()) {
      if (!matches[index]) continue;
      const { next, changes } = planChanges(state, rule.effect, findTag);
      if (changes.length === 0) continue;
      state = next;
      applications.push({ rule, contactId: before.id, changes });
    }
    if (state !== before) changed.push({ before, next: state });
  }
  return { applications, changed };
}

type MatchedPerson = PersonState & { matches: boolean[] };

/** Reads those whom some rule is for, with which, and locks them in the order of their ids, as other bulk work does. */
async function lockMatches(
  tx: Db,
  ctx: WorkspaceContext,
  rules: readonly ReadyRule[],
  contactIds: readonly string[],
): Promise<MatchedPerson[]> {
  if (rules.length === 0 || contactIds.length === 0) return [];
  const conditions = rules.map(({ matches }) => sql`coalesce(${matches}, false)`);
  return tx.$queryRaw<MatchedPerson[]>`
    select ${stateColumns(rules)}, array[${join(conditions)}] as matches
    from contacts c
    where c.id = any(${contactIds}::uuid[]) and c.workspace_ids @> array[${ctx.workspaceId}::uuid]
      and (${join(
        rules.map(({ matches }) => matches),
        " or ",
      )})
    order by c.id for no key update`;
}

/** The columns of a `PersonState`, of `contacts c`; of custom fields those that the rules set. */
export function stateColumns(rules: readonly Pick<ReadyRule, "effect">[]): Sql {
  const keys = [...new Set(rules.flatMap(({ effect }) => [...effect.custom.keys()]))];
  return sql`
    c.id, c.first_name as "firstName", c.last_name as "lastName", c.language,
    c.globally_unsubscribed as "globallyUnsubscribed", c.tag_ids as "tagIds",
    coalesce((select jsonb_object_agg(k, c.custom_fields -> k) from unnest(${keys}::text[]) k
      where c.custom_fields ? k), '{}') as "customFields"`;
}

/** Writes down what was done to whom and why; of changes that rules set off, the last rule that had changed the person. */
async function recordApplications(
  tx: Db,
  ctx: WorkspaceContext,
  applications: readonly Application[],
  { round, causes, runId }: Round,
): Promise<void> {
  if (applications.length === 0) return;
  const rows = applications.map(({ rule, contactId, changes }) => ({
    id: newId(),
    ruleId: rule.id,
    ruleName: rule.name,
    contactId,
    cause: causes.get(contactId),
    changes,
  }));
  const outcome = round >= MAX_ROUNDS ? "stopped" : "applied";
  const causeRule =
    round === 0 || runId
      ? sql`null`
      : sql`(select b.rule_name from automation_applications b
          where b.contact_id = r."contactId" and b.workspace_id = ${ctx.workspaceId}::uuid and b.outcome = 'applied'
            and b.id < r.id
          order by b.id desc limit 1)`;
  await tx.$executeRaw`
    insert into automation_applications (id, workspace_id, rule_id, rule_name, contact_id, run_id, outcome, cause,
      cause_rule, round, changes, at)
    select r.id, ${ctx.workspaceId}::uuid, r."ruleId", r."ruleName", r."contactId", ${runId ?? null}::uuid, ${outcome},
      r.cause, ${causeRule}, ${round}::smallint, r.changes, now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "ruleId" uuid, "ruleName" text,
      "contactId" uuid, cause text, changes jsonb)`;
}
