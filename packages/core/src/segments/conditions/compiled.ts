import { type Sql, sql } from "@hustings/db/client";
import type { Ports } from "../../context";
import { VALUE_SEPARATOR } from "../filter-values";

/** Where a filter looks: a workspace, or all of them. */
export type FilterScope = {
  workspaceId: string;
  /** Tags, interactions and campaigns of every workspace count: a `crossWorkspace` segment. */
  acrossWorkspaces?: boolean;
  ports: Pick<Ports, "now">;
};

/** How dear a condition is for one contact; cheap ones stand first, so that `or` stops early. */
export const COST = { indexed: 0, column: 1, field: 2, history: 3 } as const;

/** A positive condition on `contacts c`. */
export type Compiled = {
  sql: Sql;
  cost: number;
  /** Never null, so that a plain `not` is its complement (which keeps `not exists` an anti join). */
  isTwoValued?: boolean;
};

/** Negations are scans by nature: behind everything positive. */
const NEGATION_COST = 10;

/** Holds exactly where `compiled` does not, contacts without a value included. */
export const complementOf = (compiled: Compiled): Compiled => ({
  sql: compiled.isTwoValued ? sql`not (${compiled.sql})` : sql`(${compiled.sql}) is not true`,
  cost: compiled.cost + NEGATION_COST,
  isTwoValued: true,
});

/** Whether a row of another table belongs to the scope. */
export const isInScope = (scope: FilterScope, workspaceColumn: Sql): Sql =>
  scope.acrossWorkspaces ? sql`true` : sql`${workspaceColumn} = ${scope.workspaceId}::uuid`;

/**
 * The values in lower case, as Postgres itself lower-cases what it compares with. One constant to the planner, which
 * then probes an index or a hash with it.
 */
export const loweredList = (values: readonly string[]): Sql =>
  sql`string_to_array(lower(${values.join(VALUE_SEPARATOR)}::text), ${VALUE_SEPARATOR}::text)`;

/** Whether a custom field has a value. */
export const fieldIsSet = (storedKey: string): Compiled => ({
  sql: sql`coalesce(c.custom_fields ->> ${storedKey}::text, '') <> ''`,
  cost: COST.field,
  isTwoValued: true,
});

/**
 * Whether a custom field has this value, ignoring case. Folded by the function that folds the column, which the planner
 * runs once: a constant for the GIN index, and for a scan.
 */
export const fieldEquals = (storedKey: string, value: string): Sql =>
  sql`c.custom_fields_folded @> fold_fields(${JSON.stringify({ [storedKey]: value })}::jsonb)`;
