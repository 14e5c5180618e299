import type { CreateFieldInput, FieldDefinition, FieldType, UpdateFieldInput } from "@hustings/contracts/fields";
import type { ById } from "@hustings/contracts/primitives";
import { inTransaction, isUniqueViolation } from "@hustings/db/client";
import type { FieldDefinitionModel } from "@hustings/db/types";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { conflict, DomainError, invalid, notFound } from "../errors";
import { writeEventUnlessWaiting } from "../outbox/write-event";
import { storedKey } from "./catalog";
import { toFieldDefinition } from "./mapper";
import { visibleFields } from "./queries";
import { removeStoredValues, rewriteStoredValues } from "./stored-values";

/** What a contact has by itself, and what an import takes for it: a field of this name could not be reached. */
export const RESERVED_NAMES = new Set([
  "email",
  "firstname",
  "lastname",
  "language",
  "globallyunsubscribed",
  "tags",
  "_tags",
  "__proto__",
]);

/**
 * Defines a custom field; values that contacts already have under its name are brought into its type's form.
 *
 * @throws DomainError `forbidden` for the scopes `core` and `global_internal` and for another workspace without a
 * global admin; `invalid` for options that do not go with the type; `conflict` when the scope has a field of this
 * name, whatever its case.
 */
export async function createField(ctx: WorkspaceContext, input: CreateFieldInput): Promise<FieldDefinition> {
  const scope = input.scope ?? "workspace";
  const options = input.options ?? [];
  const problems = optionProblems(input.fieldType, options);
  if (RESERVED_NAMES.has(input.name.toLowerCase())) problems.push("name: is a contact's own property");
  if (scope !== "workspace" && input.workspaceId) problems.push(`workspaceId: must be null for the scope ${scope}`);
  if (problems.length > 0) throw invalid("Validation failed", problems);
  const workspaceId = scope === "workspace" ? await homeOf(ctx, input.workspaceId ?? null) : null;
  if (scope !== "workspace") assertMayWriteEverywhere(ctx);
  const row = await writeUniquely(input.name, () =>
    inTransaction(ctx.db, async (tx) => {
      const created = await tx.fieldDefinition.create({ data: { ...input, options, scope, workspaceId } });
      const details = { name: created.name, fieldType: created.fieldType, scope };
      await recordChange(
        tx,
        { ...ctx, workspaceId },
        { action: "fields.create", targetType: "field", targetId: created.id, details },
      );
      return created;
    }),
  );
  await rewriteStoredValues(ctx.db, storedKey(row.workspaceId, row), row);
  return toFieldDefinition(row);
}

/**
 * Changes a definition. With a new type, contacts' values are brought into its form; what does not fit stays as text
 * (see `rewriteStoredValues`). Options are replaced whole; who has one that is gone keeps it until the next change.
 *
 * @throws DomainError `not_found`, also for another workspace's field; `forbidden` for a field of all workspaces
 * without a global admin; `invalid` for options that do not go with the type.
 */
export async function updateField(
  ctx: WorkspaceContext,
  { id, ...changes }: UpdateFieldInput,
): Promise<FieldDefinition> {
  const row = await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`select 1 from field_definitions where id = ${id}::uuid for update`;
    const known = await tx.fieldDefinition.findFirst({ where: { id, ...visibleFields(ctx) } });
    assertMayWrite(ctx, known);
    const fieldType = changes.fieldType ?? known.fieldType;
    const kept = takesOptions(fieldType) ? known.options : [];
    const options = changes.options === undefined ? kept : (changes.options ?? []);
    const problems = optionProblems(fieldType, options);
    if (problems.length > 0) throw invalid("Validation failed", problems);
    const updated = await tx.fieldDefinition.update({ where: { id }, data: { ...changes, options } });
    await recordChange(
      tx,
      { ...ctx, workspaceId: known.workspaceId },
      {
        action: "fields.update",
        targetType: "field",
        targetId: id,
        details: { ...changes, options: changes.options ?? null, previousType: known.fieldType },
      },
    );
    if (changes.fieldType) await writeEventUnlessWaiting(tx, "segments/changed", {});
    return updated;
  });
  if (changes.fieldType || changes.options) await rewriteStoredValues(ctx.db, storedKey(row.workspaceId, row), row);
  return toFieldDefinition(row);
}

/**
 * Deletes a definition and its values on every contact: first the values, in chunks, so that after a crash the field
 * is still there to be deleted again. (Left behind, values of a workspace's field would turn into text without
 * definition, and those of the other scopes into data that nobody sees.)
 *
 * @throws DomainError `not_found`, also for another workspace's field; `forbidden` for a field of all workspaces
 * without a global admin.
 */
export async function deleteField(ctx: WorkspaceContext, { id }: ById): Promise<void> {
  const where = { id, ...visibleFields(ctx) };
  const known = await ctx.db.fieldDefinition.findFirst({ where });
  assertMayWrite(ctx, known);
  const key = storedKey(known.workspaceId, known);
  const removed = await removeStoredValues(ctx.db, key);
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.fieldDefinition.deleteMany({ where });
    if (count === 0) throw notFound("Field");
    // What was written meanwhile.
    const late = await removeStoredValues(tx, key);
    const details = { name: known.name, scope: known.scope, contacts: removed + late };
    await recordChange(
      tx,
      { ...ctx, workspaceId: known.workspaceId },
      { action: "fields.delete", targetType: "field", targetId: id, details },
    );
    await writeEventUnlessWaiting(tx, "segments/changed", {});
  });
}

/** The workspace of a new field: the request's, or for a global admin another one that exists. */
async function homeOf(ctx: WorkspaceContext, workspaceId: string | null): Promise<string> {
  if (workspaceId === null || workspaceId.toLowerCase() === ctx.workspaceId) return ctx.workspaceId;
  // Before it is looked up: the answer must not tell whether the workspace exists.
  assertMayWriteEverywhere(ctx);
  const known = await ctx.db.workspace.findUnique({ where: { id: workspaceId }, select: { id: true } });
  if (!known) throw invalid("Validation failed", ["workspaceId: not found"]);
  return known.id;
}

function assertMayWriteEverywhere(ctx: WorkspaceContext): void {
  if (!ctx.isGlobalAdmin) throw new DomainError("forbidden", "Fields beyond this workspace need a global admin");
}

function assertMayWrite(ctx: WorkspaceContext, row: FieldDefinitionModel | null): asserts row is FieldDefinitionModel {
  if (!row) throw notFound("Field");
  if (row.scope !== "workspace") assertMayWriteEverywhere(ctx);
}

const takesOptions = (fieldType: FieldType): boolean => fieldType === "select" || fieldType === "multiselect";

function optionProblems(fieldType: FieldType, options: readonly string[]): string[] {
  if (!takesOptions(fieldType)) return options.length > 0 ? [`options: a ${fieldType} field has none`] : [];
  if (options.length === 0) return [`options: a ${fieldType} field needs at least one`];
  const seen = new Set<string>();
  return options.flatMap((option, index) => {
    const lowered = option.toLowerCase();
    if (seen.has(lowered)) return [`options.${index}: "${option}" is there twice`];
    seen.add(lowered);
    // Several chosen options are stored joined by it.
    if (fieldType === "multiselect" && option.includes(";")) return [`options.${index}: must not contain ;`];
    return [];
  });
}

async function writeUniquely<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict("A field with this name already exists", [`name: "${name}" is taken`]);
    throw error;
  }
}
