import type { FieldType } from "@hustings/contracts/fields";
import { invalid } from "../errors";
import type { FieldCatalog } from "../fields/catalog";
import { readValue, splitTags } from "./cell-values";
import { emptyRow, type PersonRow } from "./person-row";

/** What a column becomes. */
export type Target =
  | { kind: "email" | "firstName" | "lastName" | "language" }
  | { kind: "tags" }
  | { kind: "custom"; storedKey: string; fieldType: FieldType; options: readonly string[] };

/** A mapping and its constants, checked and resolved against the fields that the caller sees. */
export type ImportTargets = {
  columns: readonly { name: string; target: Target }[];
  /** Values for every row; they win over a row's own. */
  constants: PersonRow;
  /** Stored keys that rows may write. */
  storedKeys: readonly string[];
  /** What changed, for people: `First name`, `City`. */
  labelOf: (change: string) => string;
};

const CORE_TARGETS = ["email", "firstName", "lastName", "language"] as const;
const CORE_LABELS: Record<string, string> = {
  email: "Email",
  firstName: "First name",
  lastName: "Last name",
  language: "Language",
  tags: "Tags",
};

/** The target of a name: a core field, `tags`, or a custom field, also as `customFields.<name>`. */
export function toTarget(catalog: FieldCatalog, name: string): Target {
  const core = CORE_TARGETS.find((each) => each === name);
  if (core) return { kind: core };
  if (name === "tags" || name === "_tags") return { kind: "tags" };
  const [, short] = /^customFields\.(.+)$/.exec(name) ?? [];
  const key = short !== undefined && !catalog.find(name) ? short : name;
  const field = catalog.find(key);
  return {
    kind: "custom",
    storedKey: catalog.storedKeyOf(key),
    fieldType: field?.fieldType ?? "text",
    options: field?.options ?? [],
  };
}

/**
 * Resolves a mapping and its constants.
 *
 * @throws DomainError `invalid` that names each constant which does not fit.
 */
export function resolveTargets(
  catalog: FieldCatalog,
  {
    mapping,
    constantValues,
  }: { mapping: readonly (readonly [column: string, target: string])[]; constantValues: Record<string, unknown> },
): ImportTargets {
  const columns = mapping.map(([name, target]) => ({ name, target: toTarget(catalog, target) }));
  const constants = emptyRow();
  const problems: string[] = [];
  const storedKeys = new Set(columns.flatMap(({ target }) => (target.kind === "custom" ? [target.storedKey] : [])));
  for (const [name, value] of Object.entries(constantValues)) {
    const target = toTarget(catalog, name);
    const texts = toTexts(value);
    if (!texts) {
      problems.push(
        `constantValues.${name}: must be a text, a number, true or false${target.kind === "tags" ? ", or a list of them" : ""}`,
      );
      continue;
    }
    const problem = setConstant(constants, target, texts);
    if (problem) problems.push(`constantValues.${name}: ${problem}`);
    if (target.kind === "custom") storedKeys.add(target.storedKey);
  }
  if (problems.length > 0) throw invalid("Validation failed", problems);
  const labels = new Map(catalog.fields.map(({ storedKey, label }) => [storedKey, label]));
  const labelOf = (change: string) => CORE_LABELS[change] ?? labels.get(change) ?? catalog.nameOf(change) ?? change;
  return { columns, constants, storedKeys: [...storedKeys], labelOf };
}

/** Undefined for what is no value: an object, a list of lists. */
function toTexts(value: unknown): string[] | undefined {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  if (items.some((item) => item !== null && !["string", "number", "boolean"].includes(typeof item))) return undefined;
  return items.flatMap((item) => (item === null ? [] : [String(item).trim()])).filter((text) => text !== "");
}

function setConstant(constants: PersonRow, target: Target, texts: readonly string[]): string | undefined {
  if (target.kind === "tags") {
    const tags = texts.flatMap(splitTags);
    const tooLong = tags.find((tag) => "problem" in readValue(target, tag));
    if (tooLong !== undefined) return `"${tooLong.slice(0, 40)}" is no name for a tag`;
    constants.tags.push(...tags.filter((tag) => !constants.tags.includes(tag)));
    return undefined;
  }
  if (texts.length === 0) return undefined;
  const result = readValue(target, texts.join(";"));
  if ("problem" in result) return result.problem;
  if (target.kind === "custom") constants.customFields[target.storedKey] = result.value;
  else constants[target.kind] = result.value;
  return undefined;
}
