import type { AutomationAction } from "@hustings/contracts/automations";
import { updateContactInput } from "@hustings/contracts/contacts";
import { uuid } from "@hustings/contracts/primitives";
import { toCustomFieldChange } from "../contacts/custom-fields";
import type { CatalogField, FieldCatalog } from "../fields/catalog";

export type CoreField = "firstName" | "lastName" | "language" | "globallyUnsubscribed";
export type CoreValues = { firstName: string | null; lastName: string | null; language: string | null } & {
  globallyUnsubscribed: boolean;
};

/** A tag as a rule names it. A UUID is always an id. */
export type TagRef = { id: string } | { name: string };

/** What a rule's actions come to: of two words on one field or tag the last one holds. */
export type Effect = {
  core: Partial<CoreValues>;
  /** By stored key; null takes the value away. */
  custom: ReadonlyMap<string, { field: string; value: string | null }>;
  tags: readonly { ref: TagRef; isAdded: boolean }[];
};

export type EffectProblem = { part: string; message: string };

const CUSTOM = "customFields.";
const TEXT_FIELDS = ["firstName", "lastName", "language"] as const;
/** What a contact has and no rule can set. */
const UNSETTABLE: Record<string, string> = {
  email: "cannot be set by a rule: an address tells people apart, and no two can share one",
  createdAt: "cannot be set",
  updatedAt: "cannot be set",
  tags: "cannot be set as a field: use add_tag and remove_tag",
};

export const toTagRef = (tag: string): TagRef =>
  uuid.safeParse(tag).success ? { id: tag.toLowerCase() } : { name: tag };

/** The definition of a custom field that a rule names, bare or as `customFields.<name>`. */
export const customFieldOf = (catalog: FieldCatalog, field: string): CatalogField | undefined =>
  catalog.find(field.startsWith(CUSTOM) ? field.slice(CUSTOM.length) : field);

/** Reads actions against the catalog, by the rules of contacts' own writes. Whether tags exist is not looked up. */
export function readEffect(
  catalog: FieldCatalog,
  actions: readonly AutomationAction[],
): { effect: Effect; problems: EffectProblem[] } {
  const core: Partial<CoreValues> = {};
  const custom = new Map<string, { field: string; value: string | null }>();
  const tags: { ref: TagRef; isAdded: boolean }[] = [];
  const problems: EffectProblem[] = [];
  for (const [index, action] of actions.entries()) {
    if (action.type !== "set_field") {
      tags.push({ ref: toTagRef(action.tag), isAdded: action.type === "add_tag" });
      continue;
    }
    const read = readFieldAction(catalog, action.field, action.value);
    if ("problem" in read) problems.push({ part: `actions.${index}.${read.part}`, message: read.problem });
    else if ("key" in read) custom.set(read.key, { field: action.field, value: read.value });
    else Object.assign(core, read.core);
  }
  return { effect: { core, custom, tags }, problems };
}

type FieldAction =
  | { core: Partial<CoreValues> }
  | { key: string; value: string | null }
  | { part: "field" | "value"; problem: string };

function readFieldAction(catalog: FieldCatalog, field: string, value: unknown): FieldAction {
  const unsettable = Object.hasOwn(UNSETTABLE, field) ? UNSETTABLE[field] : undefined;
  if (unsettable) return { part: "field", problem: unsettable };
  const text = toText(value);
  if (text === undefined) return { part: "value", problem: "must be text, a number, true, false or null" };
  if (field === "globallyUnsubscribed")
    return text === "true"
      ? { core: { globallyUnsubscribed: true } }
      : { part: "value", problem: "can only be true: no rule subscribes anybody again" };
  const textField = TEXT_FIELDS.find((each) => each === field);
  if (textField) {
    const parsed = updateContactInput.shape[textField].safeParse(text);
    if (!parsed.success) return { part: "value", problem: parsed.error.issues[0]?.message ?? "does not fit" };
    return { core: { [textField]: parsed.data || null } };
  }
  return readCustomAction(catalog, field, text);
}

function readCustomAction(catalog: FieldCatalog, field: string, text: string): FieldAction {
  const definition = customFieldOf(catalog, field);
  if (!definition) return { part: "field", problem: "unknown field" };
  const parsed = updateContactInput.shape.customFields.safeParse({ [definition.name]: text });
  if (!parsed.success) return { part: "value", problem: parsed.error.issues[0]?.message ?? "does not fit" };
  const { set, problems } = toCustomFieldChange(catalog, { [definition.name]: text });
  const prefix = `customFields.${definition.name}: `;
  if (problems[0]) return { part: "value", problem: problems[0].slice(prefix.length) };
  return { key: definition.storedKey, value: set[definition.storedKey] ?? null };
}

/** As a contact's write would have it: text. Null is empty, and empty clears. */
function toText(value: unknown): string | undefined {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return String(value);
  return undefined;
}
