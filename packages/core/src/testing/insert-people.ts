import type { InteractionType } from "@hustings/contracts/interactions";
import type { WorkspaceContext } from "../context";
import type { ModelContact } from "./reference-filter";

/** Where an outcome stands that is not called by its column. */
const COLUMN_OF: Record<string, string> = {
  opened: "verifiedOpenedAt",
  clicked: "verifiedClickedAt",
  opened_or_machine: "openedAt",
  clicked_or_machine: "clickedAt",
};

/** Writes the model into the database, as the workspace's own. */
export async function insertPeople(ctx: WorkspaceContext, people: ModelContact[]): Promise<void> {
  const rows = people.map((person) => ({
    ...person,
    custom: Object.fromEntries(
      Object.entries(person.custom).map(([name, value]) => [`${ctx.workspaceId}:${name}`, value]),
    ),
  }));
  await ctx.db.$executeRaw`
    insert into contacts (id, email, first_name, last_name, language, globally_unsubscribed, custom_fields, created_at, updated_at)
    select r.id, r.email, r."firstName", r."lastName", r.language, r."globallyUnsubscribed", r.custom, r."createdAt", r."updatedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, email text, "firstName" text, "lastName" text, language text,
      "globallyUnsubscribed" boolean, custom jsonb, "createdAt" timestamptz, "updatedAt" timestamptz)`;
  await ctx.db.contactWorkspace.createMany({
    data: people.map((person) => ({ workspaceId: ctx.workspaceId, contactId: person.id })),
  });
  await ctx.db.contactTag.createMany({
    data: people.flatMap((person) => person.tags.map((tag) => ({ contactId: person.id, tagId: tag.id }))),
  });
  await ctx.db.interaction.createMany({
    data: people.flatMap((person) =>
      person.interactions.map((each) => ({
        workspaceId: ctx.workspaceId,
        contactId: person.id,
        type: each.type as InteractionType,
        occurredAt: each.occurredAt,
      })),
    ),
  });
  await ctx.db.campaignEmail.createMany({
    data: people.flatMap((person) =>
      Object.entries(person.campaigns).map(([campaignId, outcomes]) => ({
        campaignId,
        contactId: person.id,
        batchNo: 0,
        ...Object.fromEntries(outcomes.map((outcome) => [COLUMN_OF[outcome] ?? `${outcome}At`, new Date()])),
      })),
    ),
  });
}

/** The same people in another workspace, with a tag, a field, an interaction and a campaign of the same names there. */
export async function insertNoise(other: WorkspaceContext, people: ModelContact[]): Promise<void> {
  const contactIds = people.map((person) => person.id);
  await other.db.contactWorkspace.createMany({
    data: contactIds.map((contactId) => ({ workspaceId: other.workspaceId, contactId })),
  });
  const tag = await other.db.tag.create({ data: { name: "vip", workspaceId: other.workspaceId } });
  await other.db.contactTag.createMany({ data: contactIds.map((contactId) => ({ contactId, tagId: tag.id })) });
  await other.db.interaction.createMany({
    data: contactIds.map((contactId) => ({
      workspaceId: other.workspaceId,
      contactId,
      type: "call" as const,
      occurredAt: new Date(),
    })),
  });
  for (const [scope, workspaceId] of [
    ["workspace", other.workspaceId],
    ["core", null],
    ["global_internal", null],
  ] as const)
    await other.db.fieldDefinition.create({
      data: { name: "city", label: "City", fieldType: "text", scope, workspaceId },
    });
  await other.db
    .$executeRaw`update contacts set custom_fields = custom_fields || jsonb_build_object(${`${other.workspaceId}:city`}::text, 'Elsewhere', 'c:city', 'Ana', 'g:city', 'Ana', ${`${other.workspaceId}:never_used`}::text, 'Ana')`;
}
