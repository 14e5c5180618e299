import { type Sql, sql } from "@hustings/db/client";
import type { PositiveOperator } from "../filter-operators";
import { readList, readOneOrMany, readText } from "../filter-values";
import { COST, type Compiled, type FilterScope, isInScope, loweredList } from "./compiled";
import { escapeLike } from "./text";

/**
 * Tags by name (ignoring case) or id. The tags are looked up among the workspace's own in the same statement, since a
 * contact's `tag_ids` hold those of every workspace that knows the person; an unknown name is carried by nobody.
 */
export function compileTags(scope: FilterScope, operator: PositiveOperator, value: unknown): Compiled {
  return {
    sql: sql`c.tag_ids && array(select t.id from tags t where ${isInScope(scope, sql`t.workspace_id`)} and ${isNamed(operator, value)})`,
    cost: COST.indexed,
  };
}

function isNamed(operator: PositiveOperator, value: unknown): Sql {
  switch (operator) {
    case "is_set":
      return sql`true`;
    case "contains":
      return sql`lower(t.name) like lower(${`%${escapeLike(readText(value))}%`}::text)`;
    case "starts_with":
      return sql`lower(t.name) like lower(${`${escapeLike(readText(value))}%`}::text)`;
    default: {
      const wanted = operator === "in" ? readList(value, readText) : readOneOrMany(value, readText);
      if (wanted.length === 0) return sql`false`;
      return sql`array[lower(t.name), t.id::text] && ${loweredList(wanted)}`;
    }
  }
}
