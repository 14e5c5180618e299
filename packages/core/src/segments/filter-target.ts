import { type InteractionType, interactionType } from "@hustings/contracts/interactions";
import { uuid } from "@hustings/contracts/primitives";
import type { FieldCatalog } from "../fields/catalog";
import { Misfit } from "./filter-values";

/** What a condition's `field` means, and so how it compares. */
export type FilterTarget =
  | { kind: "text"; source: TextSource }
  | { kind: "number"; storedKey: string }
  | { kind: "date"; source: DateSource }
  | { kind: "boolean"; source: BooleanSource }
  | { kind: "multiselect"; storedKey: string }
  | { kind: "untyped"; storedKey: string }
  | { kind: "tags" }
  | { kind: "lastInteraction" }
  | { kind: "interactionCount" }
  | { kind: "interaction"; type: InteractionType }
  | { kind: "campaign"; campaignId: string };

export type TextSource = { column: "email" | "firstName" | "lastName" | "language" } | { storedKey: string };
export type DateSource = { column: "createdAt" | "updatedAt" } | { storedKey: string };
export type BooleanSource = { column: "globallyUnsubscribed" } | { storedKey: string };

const NAMED: ReadonlyMap<string, FilterTarget> = new Map<string, FilterTarget>([
  ["email", { kind: "text", source: { column: "email" } }],
  ["firstName", { kind: "text", source: { column: "firstName" } }],
  ["lastName", { kind: "text", source: { column: "lastName" } }],
  ["language", { kind: "text", source: { column: "language" } }],
  ["globallyUnsubscribed", { kind: "boolean", source: { column: "globallyUnsubscribed" } }],
  ["createdAt", { kind: "date", source: { column: "createdAt" } }],
  ["updatedAt", { kind: "date", source: { column: "updatedAt" } }],
  ["tags", { kind: "tags" }],
  ["lastInteractionAt", { kind: "lastInteraction" }],
  ["interactionCount", { kind: "interactionCount" }],
]);

const CUSTOM = "customFields.";
const INTERACTION = "interaction.";
const CAMPAIGN = "campaign.";

/** Whether a bare name speaks of something else than a custom field, which then needs `customFields.<name>`. */
export const isReservedName = (name: string): boolean =>
  NAMED.has(name) || name.startsWith(CUSTOM) || name.startsWith(INTERACTION) || name.startsWith(CAMPAIGN);

/**
 * Finds what a condition speaks of. A custom field without definition is `untyped`: where nobody has a value under
 * that name it matches as unset.
 *
 * @throws Misfit for `interaction.` and `campaign.` with what is neither a type nor an id.
 */
export function resolveTarget(catalog: FieldCatalog, field: string): FilterTarget {
  const named = NAMED.get(field);
  if (named) return named;
  if (field.startsWith(CUSTOM)) return customTarget(catalog, field.slice(CUSTOM.length));
  if (field.startsWith(INTERACTION)) {
    const type = interactionType.safeParse(field.slice(INTERACTION.length));
    if (type.success) return { kind: "interaction", type: type.data };
    throw new Misfit("field", `must name an interaction type: ${interactionType.options.join(", ")}`);
  }
  if (field.startsWith(CAMPAIGN)) {
    const id = uuid.safeParse(field.slice(CAMPAIGN.length));
    if (id.success) return { kind: "campaign", campaignId: id.data };
    throw new Misfit("field", "must name a campaign by its id");
  }
  return customTarget(catalog, field);
}

function customTarget(catalog: FieldCatalog, name: string): FilterTarget {
  if (name === "") throw new Misfit("field", "must name a custom field");
  const storedKey = catalog.storedKeyOf(name);
  const fieldType = catalog.find(name)?.fieldType;
  switch (fieldType) {
    case undefined:
      return { kind: "untyped", storedKey };
    case "number":
    case "multiselect":
      return { kind: fieldType, storedKey };
    case "date":
      return { kind: "date", source: { storedKey } };
    case "boolean":
      return { kind: "boolean", source: { storedKey } };
    default:
      return { kind: "text", source: { storedKey } };
  }
}
