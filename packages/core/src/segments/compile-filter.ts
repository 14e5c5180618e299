import type { Condition, Filter } from "@hustings/contracts/filter";
import { join, type Sql, sql } from "@hustings/db/client";
import { invalid } from "../errors";
import type { FieldCatalog } from "../fields/catalog";
import { compileBoolean } from "./conditions/boolean";
import { compileCampaign } from "./conditions/campaign";
import { type Compiled, complementOf, type FilterScope } from "./conditions/compiled";
import { compileDate } from "./conditions/date";
import { compileInteraction, compileInteractionCount, compileLastInteraction } from "./conditions/history";
import { compileMultiselect } from "./conditions/multiselect";
import { compileNumber } from "./conditions/number";
import { compileTags } from "./conditions/tags";
import { compileText } from "./conditions/text";
import { compileUntyped } from "./conditions/untyped";
import { fits, operatorsOf, type PositiveOperator, toPositive } from "./filter-operators";
import { type FilterTarget, resolveTarget } from "./filter-target";
import { Misfit } from "./filter-values";

/**
 * Turns a filter into a condition on `contacts c`, from an allow-list of fields and operators, with every value as a
 * parameter. Pure: nothing is looked up. It does not confine to the workspace: stand it beside `visibleContacts`, or
 * use `matchSegment`, which does. Without conditions `all` holds for everyone and `any` for nobody.
 *
 * @param path Where the filter stands in the request, for the names of what does not fit.
 * @throws DomainError `invalid` that names every misfit: `filter.conditions.2.value: must be a number`.
 */
export function compileFilter(scope: FilterScope, catalog: FieldCatalog, filter: Filter, path = "filter"): Sql {
  const problems: string[] = [];
  const compiled: Compiled[] = [];
  for (const [index, condition] of filter.conditions.entries()) {
    try {
      compiled.push(compileCondition(scope, catalog, condition));
    } catch (thrown) {
      if (!(thrown instanceof Misfit)) throw thrown;
      problems.push(`${path}.conditions.${index}.${thrown.part}: ${thrown.message}`);
    }
  }
  if (problems.length > 0) throw invalid("Validation failed", problems);
  if (compiled.length === 0) return filter.match === "all" ? sql`true` : sql`false`;
  const cheapFirst = compiled.sort((a, b) => a.cost - b.cost).map((each) => sql`(${each.sql})`);
  return sql`(${join(cheapFirst, filter.match === "all" ? " and " : " or ")})`;
}

function compileCondition(scope: FilterScope, catalog: FieldCatalog, { field, operator, value }: Condition): Compiled {
  const target = resolveTarget(catalog, field);
  const { positive, isNegated } = toPositive(operator);
  if (!fits(target.kind, positive))
    throw new Misfit(
      "operator",
      `${operator} does not fit this field; it takes ${operatorsOf(target.kind).join(", ")}`,
    );
  const compiled = compilePositive(scope, target, positive, value);
  return isNegated ? complementOf(compiled) : compiled;
}

function compilePositive(
  scope: FilterScope,
  target: FilterTarget,
  operator: PositiveOperator,
  value: unknown,
): Compiled {
  switch (target.kind) {
    case "text":
      return compileText(target.source, operator, value);
    case "number":
      return compileNumber(target.storedKey, operator, value);
    case "date":
      return compileDate(target.source, operator, value, scope.ports.now());
    case "boolean":
      return compileBoolean(target.source, operator, value);
    case "multiselect":
      return compileMultiselect(target.storedKey, operator, value);
    case "untyped":
      return compileUntyped(target.storedKey, operator, value, scope.ports.now());
    case "tags":
      return compileTags(scope, operator, value);
    case "lastInteraction":
      return compileLastInteraction(scope, operator, value);
    case "interactionCount":
      return compileInteractionCount(scope, operator, value);
    case "interaction":
      return compileInteraction(scope, target.type, operator, value);
    case "campaign":
      return compileCampaign(scope, target.campaignId, value);
  }
}
