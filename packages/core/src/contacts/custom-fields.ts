import type { FieldCatalog } from "../fields/catalog";
import { normalizeFieldValue } from "../fields/value";

/** A change of stored custom fields: keys with their new values, and keys to take away. */
export type CustomFieldChange = { set: Record<string, string>; removed: string[]; problems: string[] };

/**
 * Checks custom fields against the definitions that the caller sees and turns their names into stored keys. An empty
 * value removes its key; a name without definition is kept as text, for this workspace alone.
 */
export function toCustomFieldChange(catalog: FieldCatalog, customFields: Record<string, string>): CustomFieldChange {
  const set: [string, string][] = [];
  const removed: string[] = [];
  const problems: string[] = [];
  for (const [name, raw] of Object.entries(customFields)) {
    const field = catalog.find(name);
    const result = field ? normalizeFieldValue(field, raw) : { value: raw };
    const key = catalog.storedKeyOf(name);
    if ("problem" in result) problems.push(`customFields.${name}: ${result.problem}`);
    else if (result.value === "") removed.push(key);
    else set.push([key, result.value]);
  }
  return { set: Object.fromEntries(set), removed, problems };
}
