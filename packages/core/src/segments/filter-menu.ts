import { interactionType } from "@hustings/contracts/interactions";
import type { FilterField } from "@hustings/contracts/segments";
import type { WorkspaceContext } from "../context";
import { type CatalogField, fieldCatalog } from "../fields/catalog";
import { CAMPAIGN_OUTCOMES, outcomeWords } from "./conditions/campaign";
import { operatorsOf } from "./filter-operators";
import { isReservedName } from "./filter-target";

/** The newest so many campaigns and first so many tags are offered; a condition may name any other too. */
const MAX_CAMPAIGNS = 200;
const MAX_TAGS = 1_000;

const person = (field: string, label: string, type: "text" | "date" | "boolean"): FilterField => ({
  field,
  label,
  group: "person",
  type,
  operators: operatorsOf(type),
  options: null,
});

const PERSON: readonly FilterField[] = [
  person("email", "Email", "text"),
  person("firstName", "First name", "text"),
  person("lastName", "Last name", "text"),
  person("language", "Language", "text"),
  person("globallyUnsubscribed", "Unsubscribed from everything", "boolean"),
  person("createdAt", "Added", "date"),
  person("updatedAt", "Last changed", "date"),
];

const INTERACTION_LABELS: Record<(typeof interactionType.options)[number], string> = {
  email_sent: "Email sent",
  email_received: "Email received",
  call: "Call",
  meeting: "Meeting",
  note: "Note",
  form_submission: "Form filled in",
  event_attended: "Event attended",
  action_taken: "Action taken",
  stage_change: "Stage change",
};

const HISTORY: readonly FilterField[] = [
  {
    field: "lastInteractionAt",
    label: "Last interaction",
    group: "history",
    type: "date",
    operators: operatorsOf("lastInteraction"),
    options: null,
  },
  {
    field: "interactionCount",
    label: "Number of interactions",
    group: "history",
    type: "count",
    operators: operatorsOf("interactionCount"),
    options: null,
  },
  ...interactionType.options.map(
    (type): FilterField => ({
      field: `interaction.${type}`,
      label: INTERACTION_LABELS[type],
      group: "history",
      type: "happened",
      operators: operatorsOf("interaction"),
      options: null,
    }),
  ),
];

/** What a condition may speak of in this workspace, for this caller: the segment builder's menu. */
export async function listFilterFields(ctx: WorkspaceContext): Promise<FilterField[]> {
  const [catalog, tags, campaigns] = await Promise.all([
    fieldCatalog(ctx),
    ctx.db.tag.findMany({
      where: { workspaceId: ctx.workspaceId },
      orderBy: { name: "asc" },
      take: MAX_TAGS,
      select: { id: true, name: true },
    }),
    ctx.db.campaign.findMany({
      where: { workspaceId: ctx.workspaceId, launchedAt: { not: null } },
      orderBy: { id: "desc" },
      take: MAX_CAMPAIGNS,
      select: { id: true, name: true },
    }),
  ]);
  const nearest = catalog.fields.filter((field) => catalog.find(field.name) === field);
  const tag: FilterField = {
    field: "tags",
    label: "Tag",
    group: "tag",
    type: "tag",
    operators: operatorsOf("tags"),
    options: tags.map(({ id, name }) => ({ value: id, label: name })),
  };
  return [...PERSON, ...nearest.map(toMenuField), tag, ...HISTORY, ...campaigns.map(toCampaignField)];
}

function toMenuField(field: CatalogField): FilterField {
  const type = field.fieldType === "url" || field.fieldType === "email" ? "text" : field.fieldType;
  return {
    field: isReservedName(field.name) ? `customFields.${field.name}` : field.name,
    label: field.label,
    group: "field",
    type,
    operators: operatorsOf(type === "select" ? "text" : type),
    options: field.options.length > 0 ? field.options.map((option) => ({ value: option, label: option })) : null,
  };
}

const toCampaignField = ({ id, name }: { id: string; name: string }): FilterField => ({
  field: `campaign.${id}`,
  label: name,
  group: "campaign",
  type: "campaign",
  operators: operatorsOf("campaign"),
  options: CAMPAIGN_OUTCOMES.map((outcome) => ({ value: outcome, label: outcomeWords(outcome) })),
});
