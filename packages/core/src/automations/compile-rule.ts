import type { AutomationConfig } from "@hustings/contracts/automations";
import type { Sql } from "@hustings/db/client";
import { z } from "zod";
import type { WorkspaceContext } from "../context";
import { DomainError, invalid } from "../errors";
import type { FieldCatalog } from "../fields/catalog";
import { compileFilter } from "../segments/compile-filter";
import { isReservedName, resolveTarget } from "../segments/filter-target";
import { customFieldOf, type Effect, readEffect, toTagRef } from "./effect";

const named = z.object({ id: z.string(), name: z.string() });
/** What a rule must not lose: definitions, with where their values are stored, and tags that it names by id. */
export const ruleUses = z.object({ fields: z.array(named.extend({ key: z.string() })), tags: z.array(named) });
export type RuleUses = z.infer<typeof ruleUses>;

export type CompiledRule = {
  /** A condition on `contacts c`, confined to no workspace. */
  matches: Sql;
  effect: Effect;
};

/**
 * Compiles a rule's conditions, by the compiler of segments, and its actions. Whether tags exist is not looked up.
 *
 * @param problems what is known to be wrong besides, to be named with the rest.
 * @throws DomainError `invalid` that names every misfit: `config.conditions.0.value`, `config.actions.1.field`.
 */
export function compileRule(
  ctx: Pick<WorkspaceContext, "ports"> & { workspaceId: string },
  catalog: FieldCatalog,
  { match, conditions, actions }: AutomationConfig,
  problems: readonly string[] = [],
): CompiledRule {
  const read = readEffect(catalog, actions);
  const details = [...problems, ...read.problems.map(({ part, message }) => `config.${part}: ${message}`)];
  const scope = { workspaceId: ctx.workspaceId, ports: ctx.ports };
  try {
    const matches = compileFilter(scope, catalog, { match, conditions }, "config");
    if (details.length === 0) return { matches, effect: read.effect };
  } catch (thrown) {
    if (!(thrown instanceof DomainError) || thrown.kind !== "invalid") throw thrown;
    details.unshift(...(thrown.details ?? []));
  }
  throw invalid("Validation failed", details);
}

/** The tags that a config names by id, and which of its actions name one that is not there. */
export async function findTagsById(
  ctx: WorkspaceContext,
  config: AutomationConfig,
): Promise<{ tags: RuleUses["tags"]; problems: string[] }> {
  const wanted = [...tagIdsOf(config)];
  if (wanted.length === 0) return { tags: [], problems: [] };
  const where = { workspaceId: ctx.workspaceId, id: { in: wanted.map(({ id }) => id) } };
  const tags = await ctx.db.tag.findMany({ where, select: { id: true, name: true } });
  const known = new Set(tags.map(({ id }) => id));
  const lost = wanted.filter(({ id, path }) => path !== undefined && !known.has(id));
  return { tags, problems: lost.map(({ path }) => `config.${path}: not found`) };
}

/** What a rule reads, for a config that compiles. */
export function readsOf(catalog: FieldCatalog, config: AutomationConfig) {
  const kinds = new Set(config.conditions.map(({ field }) => resolveTarget(catalog, field).kind));
  return {
    fields: fieldsOf(catalog, config),
    readsHistory: kinds.has("interaction") || kinds.has("interactionCount") || kinds.has("lastInteraction"),
    readsCampaigns: kinds.has("campaign"),
  };
}

/**
 * Conditions that still speak of fields that the rule has lost: a field that does not exist matches as unset, so a rule
 * that is saved as it was could be for everybody.
 */
export function findLostConditions(catalog: FieldCatalog, config: AutomationConfig, before: RuleUses): string[] {
  const known = new Set(catalog.fields.map(({ id }) => id));
  const lost = new Map(before.fields.filter(({ id }) => !known.has(id)).map(({ key, name }) => [key, name]));
  return config.conditions.flatMap(({ field }, index) => {
    const name = lost.get(catalog.storedKeyOf(field.replace(/^customFields\./, "")));
    return name === undefined || customFieldOf(catalog, field)
      ? []
      : [`config.conditions.${index}.field: the field “${name}” was deleted`];
  });
}

function fieldsOf(catalog: FieldCatalog, { conditions, actions }: AutomationConfig): RuleUses["fields"] {
  const names = [
    ...conditions
      .map(({ field }) => field)
      .filter((field) => !isReservedName(field) || field.startsWith("customFields.")),
    ...actions.flatMap((action) => (action.type === "set_field" ? [action.field] : [])),
  ];
  const found = names.flatMap((name) => customFieldOf(catalog, name) ?? []);
  return [...new Map(found.map(({ id, label, storedKey }) => [id, { id, name: label, key: storedKey }])).values()];
}

/** Tags by id; of actions with their place, since a rule cannot be saved with one that is not there. */
function* tagIdsOf({ conditions, actions }: AutomationConfig): Generator<{ id: string; path?: string }> {
  for (const { field, value } of conditions) {
    if (field !== "tags") continue;
    for (const each of [value].flat()) {
      const ref = typeof each === "string" ? toTagRef(each) : undefined;
      if (ref && "id" in ref) yield ref;
    }
  }
  for (const [index, action] of actions.entries()) {
    const ref = action.type === "set_field" ? undefined : toTagRef(action.tag);
    if (ref && "id" in ref) yield { ...ref, path: `actions.${index}.tag` };
  }
}
