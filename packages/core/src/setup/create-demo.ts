import { v7 } from "uuid";
import { createAutomation, updateAutomation } from "../automations/commands";
import { createCategory } from "../categories/commands";
import type { CoreContext, WorkspaceContext } from "../context";
import { fieldCatalog } from "../fields/catalog";
import { createField } from "../fields/commands";
import { createSegment } from "../segments/commands";
import { createTag } from "../tags/commands";
import { asSystem } from "../users/as-system";
import { DEMO_EMAIL_DOMAIN } from "../users/session";
import { DEMO_WORKSPACE_SLUG, openWorkspaceAsSystem } from "../workspaces/access";
import { createWorkspace, updateWorkspace } from "../workspaces/commands";
import { demoHistoryOf } from "./demo-history";
import { DEMO_PEOPLE, DEMO_TAGS, type DemoPerson, DISTRICTS, INTERESTS } from "./demo-people";

const DAY_MS = 86_400_000;

/** They joined one after another, every five days, the last ones this week. */
const knownDaysOf = (index: number): number => 199 - index * 5;

/** Who can sign in by one click, where the local sign-in is on. */
const DEMO_USERS = [
  { name: "Ada Admin", account: "admin", installationRole: "admin", role: "admin" },
  { name: "Mina Member", account: "member", installationRole: "member", role: "member" },
  { name: "Vito Viewer", account: "viewer", installationRole: "member", role: "viewer" },
] as const;

const DEMO_SENDER = {
  senderName: "Vidra Valley",
  senderEmail: "news@vidra-valley.example",
  replyTo: "hello@vidra-valley.example",
  timeZone: "Europe/Ljubljana",
  postalAddress: "Vidra Valley, Mill Lane 3, 4280 Ottersford",
};

/** What the demo's campaigns are made of. */
export type DemoWorkspace = { workspaceId: string; segmentId: string; categoryId: string };

/**
 * Makes the workspace `demo` with its users, people of every kind, history, and a segment. To be called in a
 * transaction, on a database that nobody uses yet.
 */
export async function createDemo(core: CoreContext): Promise<DemoWorkspace> {
  const { id: workspaceId } = await createWorkspace(asSystem(core, "first start"), {
    name: "Vidra Valley (demo)",
    slug: DEMO_WORKSPACE_SLUG,
  });
  const ctx = await openWorkspaceAsSystem(core, workspaceId, "first start");
  await updateWorkspace(ctx, { id: workspaceId, ...DEMO_SENDER });
  await createUsers(ctx);
  const tagIds = await createTags(ctx);
  await createFields(ctx);
  const category = await createCategory(ctx, {
    name: "Newsletter",
    description: "News from the valley, about twice a month",
  });
  const contactIds = await createPeople(ctx, tagIds, category.id);
  await createHistory(ctx, contactIds);
  const segment = await createSegment(ctx, {
    name: "Valley volunteers",
    description: "Volunteers of both valley districts with whom something happened this half year",
    filter: {
      match: "all",
      conditions: [
        { field: "tags", operator: "has", value: "Volunteer" },
        { field: "district", operator: "in", value: ["Upper Vidra", "Lower Vidra"] },
        { field: "lastInteractionAt", operator: "after", value: "-6m" },
      ],
    },
  });
  await createRule(ctx);
  return { workspaceId, segmentId: segment.id, categoryId: category.id };
}

/** Off, so that a tour changes nobody whom one did not mean. */
async function createRule(ctx: WorkspaceContext): Promise<void> {
  const { id } = await createAutomation(ctx, {
    name: "Tag who has beds",
    description: "For weekends when people come from other valleys",
    config: {
      match: "all",
      conditions: [{ field: "can_host", operator: "gte", value: 2 }],
      actions: [{ type: "add_tag", tag: "Host" }],
    },
  });
  await updateAutomation(ctx, { id, isActive: false });
}

async function createUsers(ctx: WorkspaceContext): Promise<void> {
  for (const { name, account, installationRole, role } of DEMO_USERS) {
    const user = await ctx.db.user.create({
      data: { name, email: `${account}@${DEMO_EMAIL_DOMAIN}`, role: installationRole },
    });
    await ctx.db.membership.create({ data: { workspaceId: ctx.workspaceId, userId: user.id, role } });
  }
}

async function createTags(ctx: WorkspaceContext): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { name, color } of DEMO_TAGS) ids.set(name, (await createTag(ctx, { name, color })).id);
  return ids;
}

async function createFields(ctx: WorkspaceContext): Promise<void> {
  await createField(ctx, { name: "town", label: "Town", fieldType: "text", sortOrder: 1 });
  await createField(ctx, {
    name: "district",
    label: "District",
    fieldType: "select",
    options: [...DISTRICTS],
    sortOrder: 2,
  });
  await createField(ctx, { name: "can_host", label: "Can host", fieldType: "number", sortOrder: 3 });
  await createField(ctx, {
    name: "interests",
    label: "Interests",
    fieldType: "multiselect",
    options: [...INTERESTS],
    sortOrder: 4,
  });
  await createField(ctx, { name: "joined_on", label: "Joined on", fieldType: "date", sortOrder: 5 });
}

/** Written at once, with times in the past, which the commands for requests do not take. */
async function createPeople(
  ctx: WorkspaceContext,
  tagIds: ReadonlyMap<string, string>,
  categoryId: string,
): Promise<string[]> {
  const catalog = await fieldCatalog(ctx);
  const now = ctx.ports.now().getTime();
  const rows = DEMO_PEOPLE.map((person, index) => {
    const createdAt = new Date(now - knownDaysOf(index) * DAY_MS);
    const fields = Object.entries(fieldsOf(person, createdAt)).map(([name, value]) => [
      catalog.storedKeyOf(name),
      value,
    ]);
    return {
      id: v7({ msecs: createdAt.getTime() }),
      email: person.email,
      firstName: person.firstName,
      lastName: person.lastName,
      language: person.language,
      globallyUnsubscribed: index === 17,
      communicationPreferences: index % 14 === 5 ? { [categoryId]: "unsubscribed" } : {},
      customFields: Object.fromEntries(fields),
      createdAt,
      updatedAt: createdAt,
    };
  });
  const ids = rows.map((row) => row.id);
  await ctx.db.contact.createMany({ data: rows });
  await ctx.db.contactWorkspace.createMany({
    data: rows.map(({ id, createdAt }) => ({ workspaceId: ctx.workspaceId, contactId: id, createdAt })),
  });
  await ctx.db.contactTag.createMany({
    data: DEMO_PEOPLE.flatMap((person, index) =>
      person.tags.flatMap((name) => ({ contactId: ids[index] ?? "", tagId: tagIds.get(name) ?? "" })),
    ),
  });
  await ctx.db.suppression.create({ data: { email: rows[21]?.email ?? "", reason: "hard_bounce" } });
  return ids;
}

function fieldsOf(person: DemoPerson, createdAt: Date): Record<string, string> {
  return {
    town: person.town,
    district: person.district,
    joined_on: createdAt.toISOString().slice(0, 10),
    ...(person.canHost !== null && { can_host: String(person.canHost) }),
    ...(person.interests && { interests: person.interests }),
  };
}

async function createHistory(ctx: WorkspaceContext, contactIds: readonly string[]): Promise<void> {
  const now = ctx.ports.now().getTime();
  await ctx.db.interaction.createMany({
    data: contactIds.flatMap((contactId, index) =>
      demoHistoryOf(index, knownDaysOf(index)).map(({ daysAgo, ...event }) => ({
        ...event,
        contactId,
        workspaceId: ctx.workspaceId,
        occurredAt: new Date(now - daysAgo * DAY_MS),
      })),
    ),
  });
}
