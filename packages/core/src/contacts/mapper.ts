import type { Contact } from "@hustings/contracts/contacts";
import { type Sql, sql } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { type FieldCatalog, fieldCatalog } from "../fields/catalog";

/** A contact as it is stored, other workspaces' keys included. Never handed out but through `toContact`. */
export type ContactRow = {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  globallyUnsubscribed: boolean;
  customFields: Record<string, string>;
  communicationPreferences: Record<string, string>;
  createdAt: Date;
  updatedAt: Date;
};

/** The columns of a `ContactRow`, of `contacts c`. */
export const contactColumns: Sql = sql`
  c.id, c.email, c.first_name as "firstName", c.last_name as "lastName", c.language,
  c.globally_unsubscribed as "globallyUnsubscribed", c.custom_fields as "customFields",
  c.communication_preferences as "communicationPreferences", c.created_at as "createdAt", c.updated_at as "updatedAt"`;

/** What of a contact one caller sees in one workspace, beside the core fields. */
export type ContactView = { catalog: FieldCatalog; categoryIds: ReadonlySet<string> };

/** Reads the view: two small queries, once per operation. */
export async function contactView(ctx: WorkspaceContext): Promise<ContactView> {
  const [catalog, categories] = await Promise.all([
    fieldCatalog(ctx),
    ctx.db.category.findMany({ where: { workspaceId: ctx.workspaceId }, select: { id: true } }),
  ]);
  return { catalog, categoryIds: new Set(categories.map(({ id }) => id)) };
}

/** The one place where a stored contact becomes a shown one: scoped keys get their names, what is others' is left out. */
export function toContact(view: ContactView, row: ContactRow): Contact {
  return {
    id: row.id,
    email: row.email,
    firstName: row.firstName,
    lastName: row.lastName,
    language: row.language,
    globallyUnsubscribed: row.globallyUnsubscribed,
    customFields: toCustomFields(view.catalog, row.customFields),
    communicationPreferences: Object.fromEntries(
      Object.entries(row.communicationPreferences).filter(([categoryId]) => view.categoryIds.has(categoryId)),
    ),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Custom fields by the names under which this caller knows them. */
export const toCustomFields = (catalog: FieldCatalog, stored: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(stored).flatMap(([key, value]) => {
      const name = catalog.nameOf(key);
      return name === undefined ? [] : [[name, value]];
    }),
  );
