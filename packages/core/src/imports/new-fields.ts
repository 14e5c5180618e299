import type { NewFields } from "@hustings/contracts/imports";
import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { FieldDefinitionModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { invalid } from "../errors";
import { type FieldCatalog, makeCatalog } from "../fields/catalog";
import { RESERVED_NAMES } from "../fields/commands";
import { visibleFields } from "../fields/queries";

/**
 * The catalog as it is once new fields are made: for a dry run of an import, which makes none, and to check a request.
 * A field that the workspace has by exactly this name is taken as it is.
 *
 * @throws DomainError `invalid` for a name that is a contact's own property, or taken in another spelling.
 */
export async function catalogWithNewFields(ctx: WorkspaceContext, newFields: NewFields = {}): Promise<FieldCatalog> {
  const known = await ctx.db.fieldDefinition.findMany({ where: visibleFields(ctx) });
  const added = findMissing(ctx, known, newFields).map(
    (field): FieldDefinitionModel => ({
      ...field,
      id: newId(),
      scope: "workspace",
      workspaceId: ctx.workspaceId,
      options: [],
      sortOrder: 0,
      createdAt: ctx.ports.now(),
    }),
  );
  return makeCatalog(ctx.workspaceId, [...known, ...added]);
}

/** Makes what is missing of new fields, in the transaction of what needs them. @returns what it made. */
export async function makeNewFields(
  tx: Db,
  ctx: WorkspaceContext,
  newFields: NewFields = {},
): Promise<FieldDefinitionModel[]> {
  const missing = findMissing(ctx, await tx.fieldDefinition.findMany({ where: visibleFields(ctx) }), newFields);
  const made: FieldDefinitionModel[] = [];
  for (const field of missing) {
    const row = await tx.fieldDefinition.create({
      data: { ...field, scope: "workspace", workspaceId: ctx.workspaceId },
    });
    const details = { name: row.name, fieldType: row.fieldType, scope: row.scope };
    await recordChange(tx, ctx, { action: "fields.create", targetType: "field", targetId: row.id, details });
    made.push(row);
  }
  return made;
}

type MissingField = Pick<FieldDefinitionModel, "name" | "label" | "fieldType">;

function findMissing(
  ctx: WorkspaceContext,
  known: readonly FieldDefinitionModel[],
  newFields: NewFields,
): MissingField[] {
  const own = new Map(
    known.filter(({ workspaceId }) => workspaceId === ctx.workspaceId).map(({ name }) => [name.toLowerCase(), name]),
  );
  const problems: string[] = [];
  const missing = Object.entries(newFields).flatMap(([name, field]): MissingField[] => {
    const taken = own.get(name.toLowerCase());
    if (RESERVED_NAMES.has(name.toLowerCase())) problems.push(`newFields.${name}: is a contact's own property`);
    else if (taken !== undefined && taken !== name) problems.push(`newFields.${name}: there is a field "${taken}"`);
    if (taken !== undefined) return [];
    own.set(name.toLowerCase(), name);
    return [{ name, ...field }];
  });
  if (problems.length > 0) throw invalid("Validation failed", problems);
  return missing;
}
