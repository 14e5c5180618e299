import type { FieldScope, FieldType } from "@hustings/contracts/fields";
import type { FieldDefinitionModel } from "@hustings/db/types";
import type { WorkspaceContext } from "../context";
import { visibleFields } from "./queries";

/** A definition that the caller may see, with the key under which contacts store its value. */
export type CatalogField = {
  id: string;
  name: string;
  label: string;
  fieldType: FieldType;
  options: readonly string[];
  scope: FieldScope;
  storedKey: string;
};

/**
 * The custom fields that one caller sees in one workspace. Names may repeat in different scopes without meeting:
 * stored keys carry their scope (`c:<name>`, `g:<name>`, `<workspaceId>:<name>`), and a bare name means the nearest
 * definition: the workspace's, then the installation's internal one, then the core one.
 */
export type FieldCatalog = {
  fields: readonly CatalogField[];
  find: (name: string) => CatalogField | undefined;
  /** Where a value of this name is stored; a name without definition is kept for this workspace alone. */
  storedKeyOf: (name: string) => string;
  /** The name under which a stored key is shown, or undefined when the caller may not see it. */
  nameOf: (storedKey: string) => string | undefined;
};

const NEARNESS: Record<FieldScope, number> = { workspace: 0, global_internal: 1, core: 2 };

/** Whose fields: a workspace's, as its people see them or as a global admin does. */
export type CatalogScope = Pick<WorkspaceContext, "db" | "isGlobalAdmin"> & { workspaceId: string };

/** Reads the catalog: one small query, called once per operation. */
export async function fieldCatalog(ctx: CatalogScope): Promise<FieldCatalog> {
  const rows = await ctx.db.fieldDefinition.findMany({
    where: visibleFields(ctx),
    orderBy: [{ sortOrder: "asc" }, { name: "asc" }],
  });
  return makeCatalog(ctx.workspaceId, rows);
}

/** The catalog's rules without the query, for tests and for jobs that carry the rows along. */
export function makeCatalog(workspaceId: string, rows: readonly FieldDefinitionModel[]): FieldCatalog {
  const fields = rows.map((row): CatalogField => ({ ...row, storedKey: storedKey(workspaceId, row) }));
  const byName = new Map<string, CatalogField>();
  for (const field of fields) {
    const known = byName.get(field.name);
    if (!known || NEARNESS[field.scope] < NEARNESS[known.scope]) byName.set(field.name, field);
  }
  const byKey = new Map(fields.map((field) => [field.storedKey, field]));
  const ownPrefix = `${workspaceId}:`;
  return {
    fields,
    find: (name) => byName.get(name),
    storedKeyOf: (name) => byName.get(name)?.storedKey ?? ownPrefix + name,
    nameOf: (key) => {
      const field = byKey.get(key);
      // A farther definition of the same name is hidden by the nearer one.
      if (field) return byName.get(field.name) === field ? field.name : undefined;
      if (!key.startsWith(ownPrefix)) return undefined;
      // Kept without a definition, until a farther one of the same name took the name over.
      const name = key.slice(ownPrefix.length);
      return byName.has(name) ? undefined : name;
    },
  };
}

/** Where contacts hold a definition's values; `workspaceId` is the definition's own. */
export function storedKey(workspaceId: string | null, field: { scope: FieldScope; name: string }): string {
  if (field.scope === "core") return `c:${field.name}`;
  return field.scope === "global_internal" ? `g:${field.name}` : `${workspaceId}:${field.name}`;
}
