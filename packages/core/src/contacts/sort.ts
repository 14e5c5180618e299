import type { ContactSort } from "@hustings/contracts/contacts";
import { type Sql, sql } from "@hustings/db/client";

/**
 * What each sort compares: the expressions of the sort indexes. Names are folded, emails are stored in lower case, and
 * creation is the order of ids (UUID v7).
 */
export const SORT_KEY: Record<ContactSort, Sql> = {
  createdAt: sql`c.id`,
  updatedAt: sql`c.updated_at`,
  email: sql`c.email collate "C"`,
  firstName: sql`fold_text(c.first_name) collate "C"`,
  lastName: sql`fold_text(c.last_name) collate "C"`,
};

export const toDirection = (sortOrder: "asc" | "desc"): Sql => (sortOrder === "asc" ? sql`asc` : sql`desc`);
