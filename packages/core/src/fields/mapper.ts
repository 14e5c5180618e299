import type { FieldDefinition } from "@hustings/contracts/fields";
import type { FieldDefinitionModel } from "@hustings/db/types";

export const toFieldDefinition = (row: FieldDefinitionModel): FieldDefinition => ({
  id: row.id,
  name: row.name,
  label: row.label,
  fieldType: row.fieldType,
  options: row.options.length > 0 ? row.options : null,
  sortOrder: row.sortOrder,
  scope: row.scope,
  workspaceId: row.workspaceId,
  createdAt: row.createdAt.toISOString(),
});
