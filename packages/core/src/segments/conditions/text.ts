import { join, type Sql, sql } from "@hustings/db/client";
import type { PositiveOperator } from "../filter-operators";
import type { TextSource } from "../filter-target";
import { readList, readText } from "../filter-values";
import { COST, type Compiled, fieldEquals, fieldIsSet, loweredList } from "./compiled";

const COLUMNS = {
  email: sql`c.email`,
  firstName: sql`c.first_name`,
  lastName: sql`c.last_name`,
  language: sql`c.language`,
} as const;

/** Expressions of the indexes `contacts_<name>_sort`, whose collation makes them serve prefixes. */
const SORT_EXPRESSIONS = {
  email: sql`c.email collate "C"`,
  firstName: sql`fold_text(c.first_name) collate "C"`,
  lastName: sql`fold_text(c.last_name) collate "C"`,
  language: null,
} as const;

/** The GIN index answers each value by itself; beyond this many one pass over the field is cheaper. */
const MAX_INDEXED_VALUES = 50;

/** Lower-casing and folding agree on these, so that a folded index may narrow what lower case then decides. */
const PLAIN = /^[\x20-\x7e]+$/;
const MIN_TRIGRAM_LENGTH = 3;

/** Text compares without regard to case; `%`, `_` and backslashes are literal. */
export function compileText(source: TextSource, operator: PositiveOperator, value: unknown): Compiled {
  if (operator === "is_set") return isSet(source);
  if (operator === "in") return isOneOf(source, readList(value, readText));
  const text = readText(value);
  if (operator === "eq") return isOneOf(source, [text]);
  return operator === "starts_with" ? startsWith(source, text) : contains(source, text);
}

const isSet = (source: TextSource): Compiled =>
  "storedKey" in source
    ? fieldIsSet(source.storedKey)
    : { sql: sql`coalesce(${COLUMNS[source.column]}, '') <> ''`, cost: COST.column, isTwoValued: true };

/** The value in lower case, or null. */
function lowered(source: TextSource): Sql {
  if ("storedKey" in source) return sql`c.custom_fields_folded ->> ${source.storedKey}::text`;
  return source.column === "email" ? sql`c.email` : sql`lower(${COLUMNS[source.column]})`;
}

function isOneOf(source: TextSource, values: string[]): Compiled {
  if (values.length === 0) return { sql: sql`false`, cost: COST.indexed, isTwoValued: true };
  if ("column" in source) return columnIsOneOf(source.column, values);
  if (values.length > MAX_INDEXED_VALUES)
    return { sql: sql`(${lowered(source)}) = any(${loweredList(values)})`, cost: COST.field };
  const each = values.map((value) => fieldEquals(source.storedKey, value));
  return { sql: sql`(${join(each, " or ")})`, cost: COST.indexed };
}

function columnIsOneOf(column: keyof typeof COLUMNS, values: string[]): Compiled {
  const matches = sql`${lowered({ column })} = any(${loweredList(values)})`;
  if (column === "email") return { sql: matches, cost: COST.indexed };
  const indexed = SORT_EXPRESSIONS[column];
  if (!indexed || !values.every((value) => PLAIN.test(value))) return { sql: matches, cost: COST.column };
  return { sql: sql`(${indexed} = any(${loweredList(values)}) and ${matches})`, cost: COST.indexed };
}

function contains(source: TextSource, text: string): Compiled {
  const pattern = `%${escapeLike(text)}%`;
  const matches = sql`${lowered(source)} like lower(${pattern}::text)`;
  const isNarrowed =
    "column" in source && source.column !== "language" && text.length >= MIN_TRIGRAM_LENGTH && PLAIN.test(text);
  if (!isNarrowed) return { sql: matches, cost: COST.field };
  return { sql: sql`(c.search like lower(${pattern}::text) and ${matches})`, cost: COST.column };
}

function startsWith(source: TextSource, text: string): Compiled {
  const pattern = `${escapeLike(text)}%`;
  const matches = sql`${lowered(source)} like lower(${pattern}::text)`;
  const indexed = "column" in source ? SORT_EXPRESSIONS[source.column] : null;
  if (!indexed || !PLAIN.test(text)) return { sql: matches, cost: COST.field };
  return { sql: sql`(${indexed} like lower(${pattern}::text) and ${matches})`, cost: COST.indexed };
}

/** Makes text literal inside a LIKE pattern. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
