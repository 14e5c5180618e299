import { type Sql, sql } from "@hustings/db/client";

/** Below this a trigram index cannot help: such terms match beginnings. */
const MIN_SUBSTRING_LENGTH = 3;

/** In Postgres' dialect: each wildcard of LIKE, and itself behind a backslash. */
const WILDCARDS = String.raw`([\\%_])`;
const ESCAPED = String.raw`\\\1`;

/**
 * The condition on `contacts c` for a search term: a substring of the email or of "first last", ignoring case and
 * accents; a term of one or two letters matches the beginning of email, first or last name.
 */
export function searchCondition(term: string): Sql {
  const literal = foldedLiteral(term);
  if ([...term].length >= MIN_SUBSTRING_LENGTH) return sql`c.search like '%' || ${literal} || '%'`;
  const beginning = sql`${literal} || '%'`;
  return sql`(c.email collate "C" like ${beginning}
    or fold_text(c.first_name) collate "C" like ${beginning}
    or fold_text(c.last_name) collate "C" like ${beginning})`;
}

/** A term as LIKE looks for it in folded text, its wildcards literal. */
export function foldedLiteral(term: string): Sql {
  // Escaped after it is folded: unaccent turns the full-width ％ and ＿ into the wildcards. Folds to a constant when
  // the query is planned, which is what lets the indexes serve LIKE.
  return sql`regexp_replace(fold_text(${term}::text), ${WILDCARDS}::text, ${ESCAPED}::text, 'g')`;
}
