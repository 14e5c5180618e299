import type { AutomationAction, AutomationConfig } from "@hustings/contracts/automations";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { deleteContact } from "../contacts/delete-contact";
import { getContact } from "../contacts/queries";
import { addContactTag, listContactTags } from "../contacts/tags";
import { updateContact } from "../contacts/update-contact";
import type { WorkspaceContext } from "../context";
import { createField, deleteField } from "../fields/commands";
import { importContacts } from "../imports/import-rows";
import { createInteraction } from "../interactions/commands";
import { createTag, deleteTag } from "../tags/commands";
import { insertMany } from "../testing/insert-many";
import { createTestWorkspace } from "../testing/workspace";
import { createAutomation, deleteAutomation, updateAutomation } from "./commands";
import { drainContactChanges } from "./drain-changes";
import { getAutomation, listContactApplications, listRuleApplications } from "./queries";

let database: TestDatabase;
let ctx: WorkspaceContext;
let other: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.prisma.automationRule.deleteMany();
  await database.prisma.contactChange.deleteMany();
  ctx = (await createTestWorkspace(database)).ctx;
  other = (await createTestWorkspace(database)).ctx;
});

const PAGE = { page: 1, pageSize: 50 };
const everybody = (...actions: AutomationAction[]): AutomationConfig => ({ match: "all", conditions: [], actions });
const withName = (firstName: string, ...actions: AutomationAction[]): AutomationConfig => ({
  match: "all",
  conditions: [{ field: "firstName", operator: "eq", value: firstName }],
  actions,
});
const addRule = (config: AutomationConfig, name = "A rule") => createAutomation(ctx, { name, config });
const addPerson = (of = ctx, firstName = "Ana", customFields: Record<string, string> = {}) =>
  createContact(of, { firstName, email: `p-${newId()}@example.org`, customFields });
const drain = (of = ctx) => drainContactChanges(of, { workspaceId: of.workspaceId, budgetMs: 60_000 });
const waiting = (of = ctx) => database.prisma.contactChange.count({ where: { workspaceId: of.workspaceId } });
const tagsOf = async (id: string, of = ctx) =>
  (await listContactTags(of, { id, limit: 100, offset: 0 })).tags.map(({ name }) => name);
const countEvents = () =>
  database.prisma.outboxEvent.count({
    where: { name: "contacts/changed", data: { path: ["workspaceId"], equals: ctx.workspaceId } },
  });
const historyOf = async (id: string) => (await listContactApplications(ctx, { id, ...PAGE })).applications;

describe("an active rule", () => {
  it("sets fields, adds tags (made when missing) and takes tags off, and writes down what, to whom and why", async () => {
    await createField(ctx, { name: "level", label: "Level", fieldType: "number", sortOrder: 0 });
    const old = await createTag(ctx, { name: "Old" });
    const rule = await addRule(
      withName(
        "Ana",
        { type: "set_field", field: "lastName", value: "Novak" },
        { type: "set_field", field: "globallyUnsubscribed", value: true },
        { type: "set_field", field: "customFields.level", value: 7.0 },
        { type: "add_tag", tag: "Welcomed" },
        { type: "remove_tag", tag: old.id },
      ),
    );
    const person = await addPerson(ctx, "Ana", { level: "3" });
    await addContactTag(ctx, { id: person.id, tagId: old.id });
    const bystander = await addPerson(ctx, "Bor");
    expect(await drain()).toMatchObject({ isDone: true, applied: 1 });

    expect(await getContact(ctx, person)).toMatchObject({
      lastName: "Novak",
      globallyUnsubscribed: true,
      customFields: { level: "7" },
    });
    expect(await tagsOf(person.id)).toEqual(["Welcomed"]);
    expect(await getContact(ctx, bystander)).toEqual(bystander);
    const { applications } = await listRuleApplications(ctx, { id: rule.id, ...PAGE });
    expect(applications).toEqual(await historyOf(person.id));
    expect(applications).toMatchObject([
      {
        ruleName: "A rule",
        contactId: person.id,
        contactName: "Ana Novak",
        cause: "created",
        outcome: "applied",
        round: 0,
      },
    ]);
    expect(applications[0]?.changes).toEqual([
      { type: "set_field", field: "lastName", tag: null, from: null, to: "Novak" },
      { type: "set_field", field: "globallyUnsubscribed", tag: null, from: "false", to: "true" },
      { type: "set_field", field: "customFields.level", tag: null, from: "3", to: "7" },
      { type: "add_tag", field: null, tag: "Welcomed", from: null, to: null },
      { type: "remove_tag", field: null, tag: "Old", from: null, to: null },
    ]);
    expect(await getAutomation(ctx, rule)).toMatchObject({ appliedCount: 1, lastFiredAt: expect.any(String) });
    expect(
      await database.prisma.auditEntry.findMany({ where: { targetId: rule.id, actorKind: "automation" } }),
    ).toMatchObject([
      { actorId: rule.id, actorName: "A rule", action: "automations.apply", details: { contacts: 1, round: 0 } },
    ]);
    // What it did itself is looked at once more, and there is nothing left to do.
    expect([await waiting(), (await historyOf(person.id)).length]).toEqual([0, 1]);
  });

  it("clears a field by null or by empty text", async () => {
    await createField(ctx, { name: "city", label: "City", fieldType: "text", sortOrder: 0 });
    await addRule(
      everybody({ type: "set_field", field: "city", value: "" }, { type: "set_field", field: "lastName", value: null }),
    );
    const { id } = await createContact(ctx, { lastName: "Novak", customFields: { city: "Ptuj" } });
    await drain();
    expect(await getContact(ctx, { id })).toMatchObject({ lastName: null, customFields: {} });
  });

  it.each<[string, AutomationConfig["conditions"][number], (id: string) => Promise<unknown>]>([
    [
      "a request",
      { field: "lastName", operator: "eq", value: "Kos" },
      (id) => updateContact(ctx, { id, lastName: "Kos" }),
    ],
    [
      "a tag",
      { field: "tags", operator: "has", value: "Asks" },
      async (id) => addContactTag(ctx, { id, tagId: (await createTag(ctx, { name: "Asks" })).id }),
    ],
    [
      "an interaction",
      { field: "interaction.call", operator: "has" },
      (id) => createInteraction(ctx, { id, type: "call", metadata: {} }),
    ],
    [
      "an import",
      { field: "language", operator: "eq", value: "sl" },
      async (id) =>
        importContacts(ctx, {
          rows: [{ mail: (await getContact(ctx, { id })).email ?? "", tongue: "sl" }],
          mapping: { mail: "email", tongue: "language" },
          constantValues: {},
          skipDuplicates: false,
        }),
    ],
  ])("is set off by %s", async (_, condition, change) => {
    await addRule({ match: "all", conditions: [condition], actions: [{ type: "add_tag", tag: "Seen" }] });
    const { id } = await addPerson();
    await drain();
    expect(await tagsOf(id)).not.toContain("Seen");
    const before = await countEvents();
    await change(id);
    expect(await countEvents()).toBeGreaterThan(before);
    await drain();
    expect(await tagsOf(id)).toContain("Seen");
  });

  it("is set off by a click in a campaign, and not by what else becomes of its recipients", async () => {
    const { id } = await addPerson();
    const campaign = await database.prisma.campaign.create({
      data: { workspaceId: ctx.workspaceId, name: "News", subject: "s", body: "b" },
    });
    await database.prisma.campaignEmail.create({ data: { campaignId: campaign.id, contactId: id, batchNo: 0 } });
    await addRule({
      match: "all",
      conditions: [{ field: `campaign.${campaign.id}`, operator: "has", value: "clicked" }],
      actions: [{ type: "add_tag", tag: "Clicked" }],
    });
    await database.prisma.campaignEmail.updateMany({ where: { contactId: id }, data: { status: 1 } });
    expect(await waiting()).toBe(0);
    await database.prisma.campaignEmail.updateMany({
      where: { contactId: id },
      data: { verifiedClickedAt: new Date() },
    });
    await drain();
    expect(await tagsOf(id)).toEqual(["Clicked"]);
    expect(await historyOf(id)).toMatchObject([{ cause: "email" }]);
  });

  it("leaves other workspaces alone, and people whom they know too", async () => {
    await addRule(everybody({ type: "add_tag", tag: "Ours" }));
    const shared = await addPerson(other);
    const theirs = await addPerson(other);
    await createContact(ctx, { email: shared.email ?? "", customFields: {} });
    expect(await waiting(other)).toBe(0);
    await drain();
    expect([await tagsOf(shared.id), await tagsOf(shared.id, other), await tagsOf(theirs.id, other)]).toEqual([
      ["Ours"],
      [],
      [],
    ]);
    expect((await listContactApplications(other, { id: shared.id, ...PAGE })).total).toBe(0);
  });

  it("goes with the person whom it changed, out of the history too, and its history outlives the rule", async () => {
    const rule = await addRule(everybody({ type: "add_tag", tag: "Seen" }), "Greets");
    const [gone, stays] = [await addPerson(), await addPerson()];
    await drain();
    await deleteContact(ctx, gone);
    await deleteAutomation(ctx, rule);
    expect(await historyOf(stays.id)).toMatchObject([{ ruleName: "Greets" }]);
    expect(await database.prisma.automationApplication.count({ where: { ruleId: rule.id } })).toBe(1);
  });
});

describe("changes", () => {
  it("are noted nowhere while no rule wants to know", async () => {
    const rule = await addRule(everybody({ type: "add_tag", tag: "Seen" }));
    await updateAutomation(ctx, { id: rule.id, isActive: false });
    const { id } = await addPerson();
    await createInteraction(ctx, { id, type: "note", metadata: {} });
    expect(await database.prisma.contactChange.count()).toBe(0);
    expect(await countEvents()).toBe(0);
    await updateAutomation(ctx, { id: rule.id, isActive: true });
    // Conditions that do not speak of interactions are not asked about them.
    await createInteraction(ctx, { id, type: "note", metadata: {} });
    expect(await database.prisma.contactChange.count()).toBe(0);
  });

  it("are asked about once per transaction, whatever it changes", async () => {
    await addRule(everybody({ type: "add_tag", tag: "Seen" }));
    await importContacts(ctx, {
      rows: Array.from({ length: 30 }, (_, n) => ({ mail: `p${n}-${newId()}@example.org`, tags: "New" })),
      mapping: { mail: "email", tags: "tags" },
      constantValues: {},
      skipDuplicates: false,
    });
    expect([await countEvents(), await waiting()]).toEqual([1, 30]);
  });

  it("are looked at once by jobs that run at the same time", async () => {
    const rule = await addRule(everybody({ type: "add_tag", tag: "Seen" }));
    await insertMany(ctx, "sl", 1_200);
    await Promise.all([drain(), drain(), drain()]);
    expect(await waiting()).toBe(0);
    expect((await getAutomation(ctx, rule)).appliedCount).toBe(1_200);
    expect(await database.prisma.automationApplication.count({ where: { ruleId: rule.id } })).toBe(1_200);
  });

  it("stay when the job is killed in the middle", async () => {
    await addRule(everybody({ type: "add_tag", tag: "Seen" }));
    const { id } = await addPerson();
    const killed = {
      ...ctx,
      ports: {
        ...ctx.ports,
        now: () => {
          throw new Error("killed");
        },
      },
    };
    await addRule({
      match: "all",
      conditions: [{ field: "createdAt", operator: "after", value: "-1d" }],
      actions: [{ type: "add_tag", tag: "New" }],
    });
    await expect(drain(killed)).rejects.toThrow("killed");
    expect([await waiting(), await tagsOf(id)]).toEqual([1, []]);
    await drain();
    expect([await waiting(), (await tagsOf(id)).sort()]).toEqual([0, ["New", "Seen"]]);
  });

  it("of a workspace that is gone are dropped", async () => {
    const workspaceId = newId();
    await database.prisma.contactChange.create({
      data: { workspaceId, contactId: newId(), round: 0, cause: "changed" },
    });
    expect(await drainContactChanges(ctx, { workspaceId, budgetMs: 1_000 })).toMatchObject({ isDone: true });
    expect(await database.prisma.contactChange.count({ where: { workspaceId } })).toBe(0);
  });
});

describe("rules that contradict each other", () => {
  const speaks = (from: string, to: string): AutomationConfig => ({
    match: "all",
    conditions: [{ field: "language", operator: "eq", value: from }],
    actions: [{ type: "set_field", field: "language", value: to }],
  });

  it("end after five rounds and say so, to the rule and to the person", async () => {
    const toEnglish = await addRule(speaks("sl", "en"), "To English");
    const toSlovene = await addRule(speaks("en", "sl"), "To Slovene");
    const { id } = await createContact(ctx, { language: "sl", customFields: {} });
    await drain();
    const history = await historyOf(id);
    expect(history.map(({ ruleName, round, outcome, causeRule }) => [ruleName, round, outcome, causeRule])).toEqual([
      ["To Slovene", 5, "stopped", "To English"],
      ["To English", 4, "applied", "To Slovene"],
      ["To Slovene", 3, "applied", "To English"],
      ["To English", 2, "applied", "To Slovene"],
      ["To Slovene", 1, "applied", "To English"],
      ["To English", 0, "applied", null],
    ]);
    expect((await getContact(ctx, { id })).language).toBe("en");
    expect((await getAutomation(ctx, toSlovene)).lastStoppedAt).not.toBeNull();
    expect((await getAutomation(ctx, toEnglish)).lastStoppedAt).toBeNull();
    expect(await drain()).toMatchObject({ looked: 0 });
  });

  it("begin anew when somebody changes the person", async () => {
    await addRule(speaks("sl", "en"));
    await addRule(speaks("en", "sl"));
    const { id } = await createContact(ctx, { language: "sl", customFields: {} });
    await drain();
    await updateContact(ctx, { id, firstName: "Ana" });
    await drain();
    expect(await historyOf(id)).toHaveLength(12);
  });
});

describe("a rule that has lost what it uses", () => {
  it.each<[string, () => Promise<{ config: AutomationConfig; lose: () => Promise<void>; reason: string }>]>([
    [
      "a field that it sets",
      async () => {
        const field = await createField(ctx, { name: "city", label: "City", fieldType: "text", sortOrder: 0 });
        const config = everybody({ type: "set_field", field: "city", value: "Ptuj" });
        return { config, lose: () => deleteField(ctx, field), reason: "The field “City” was deleted" };
      },
    ],
    [
      "a field that it asks about",
      async () => {
        const field = await createField(ctx, { name: "city", label: "City", fieldType: "text", sortOrder: 0 });
        const conditions = [{ field: "city", operator: "is_not_set" as const }];
        const config = { ...everybody({ type: "add_tag", tag: "Seen" }), conditions };
        return { config, lose: () => deleteField(ctx, field), reason: "The field “City” was deleted" };
      },
    ],
    [
      "a tag that it names by its id",
      async () => {
        const tag = await createTag(ctx, { name: "Seen" });
        return {
          config: everybody({ type: "add_tag", tag: tag.id }),
          lose: () => deleteTag(ctx, tag),
          reason: "The tag “Seen” was deleted",
        };
      },
    ],
  ])("such as %s is broken and stops, until it is saved mended", async (_, prepare) => {
    const { config, lose, reason } = await prepare();
    const broken = await addRule(config);
    const sound = await addRule(everybody({ type: "add_tag", tag: "Sound" }));
    await lose();
    const { id } = await addPerson();
    await drain();
    expect((await getAutomation(ctx, broken)).brokenReason).toBe(reason);
    expect((await getAutomation(ctx, sound)).brokenReason).toBeNull();
    expect(await tagsOf(id)).toEqual(["Sound"]);
    expect(await updateAutomation(ctx, { id: broken.id, name: "As it was", isActive: true })).toMatchObject({
      brokenReason: reason,
    });
    await expect(updateAutomation(ctx, { id: broken.id, config })).rejects.toMatchObject({ kind: "invalid" });
    await updateAutomation(ctx, { id: broken.id, config: everybody({ type: "add_tag", tag: "Mended" }) });
    await updateContact(ctx, { id, firstName: "Eva" });
    await drain();
    expect((await tagsOf(id)).sort()).toEqual(["Mended", "Sound"]);
    expect((await getAutomation(ctx, broken)).brokenReason).toBeNull();
  });
});

describe("what a rule does to fields of global admins", () => {
  it("is told to them alone", async () => {
    const { ctx: globalAdmin } = await createTestWorkspace(database, { installationRole: "admin" });
    await createField(globalAdmin, {
      name: "score",
      label: "Score",
      fieldType: "number",
      sortOrder: 0,
      scope: "global_internal",
    });
    const rule = await createAutomation(globalAdmin, {
      name: "Scores",
      config: everybody({ type: "set_field", field: "score", value: 9 }, { type: "add_tag", tag: "Scored" }),
    });
    const { id } = await createContact(globalAdmin, { customFields: {} });
    await drain(globalAdmin);
    const seen = (of: WorkspaceContext) =>
      listContactApplications(of, { id, ...PAGE }).then((list) =>
        list.applications[0]?.changes.map(({ type }) => type),
      );
    expect(await seen(globalAdmin)).toEqual(["set_field", "add_tag"]);
    expect(await seen({ ...globalAdmin, isGlobalAdmin: false })).toEqual(["add_tag"]);
    // Nobody else can save a rule that sets it.
    const rest = { id: rule.id, config: everybody({ type: "set_field", field: "score", value: 1 }) };
    await expect(updateAutomation({ ...globalAdmin, isGlobalAdmin: false }, rest)).rejects.toMatchObject({
      details: ["config.actions.0.field: unknown field"],
    });
  });
});
