import type { AutomationConfig } from "@hustings/contracts/automations";
import { beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { deleteContact } from "../contacts/delete-contact";
import { getContact } from "../contacts/queries";
import { addContactTag } from "../contacts/tags";
import { updateContact } from "../contacts/update-contact";
import type { WorkspaceContext } from "../context";
import { createField } from "../fields/commands";
import { importContacts } from "../imports/import-rows";
import { createInteraction } from "../interactions/commands";
import { createTag } from "../tags/commands";
import { everybody, FIRST_PAGE, useAutomations } from "../testing/automations";
import { createTestWorkspace } from "../testing/workspace";
import { createAutomation, deleteAutomation, updateAutomation } from "./commands";
import { getAutomation, listContactApplications, listRuleApplications } from "./queries";

const world = useAutomations();
const { addRule, addPerson, drain, countWaiting, countEvents, tagsOf, historyOf, getDatabase } = world;
let ctx: WorkspaceContext;
let other: WorkspaceContext;
beforeEach(() => {
  ({ ctx, other } = world);
});

const withName = (firstName: string, ...actions: AutomationConfig["actions"]): AutomationConfig => ({
  ...everybody(...actions),
  conditions: [{ field: "firstName", operator: "eq", value: firstName }],
});

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
    const { applications } = await listRuleApplications(ctx, { id: rule.id, ...FIRST_PAGE });
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
      await getDatabase().prisma.auditEntry.findMany({ where: { targetId: rule.id, actorKind: "automation" } }),
    ).toMatchObject([
      { actorId: rule.id, actorName: "A rule", action: "automations.apply", details: { contacts: 1, round: 0 } },
    ]);
    // What it did itself is looked at once more, and there is nothing left to do.
    expect([await countWaiting(), (await historyOf(person.id)).length]).toEqual([0, 1]);
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
    const campaign = await getDatabase().prisma.campaign.create({
      data: { workspaceId: ctx.workspaceId, name: "News", subject: "s", body: "b" },
    });
    await getDatabase().prisma.campaignEmail.create({ data: { campaignId: campaign.id, contactId: id, batchNo: 0 } });
    await addRule({
      match: "all",
      conditions: [{ field: `campaign.${campaign.id}`, operator: "has", value: "clicked" }],
      actions: [{ type: "add_tag", tag: "Clicked" }],
    });
    await getDatabase().prisma.campaignEmail.updateMany({ where: { contactId: id }, data: { status: 1 } });
    expect(await countWaiting()).toBe(0);
    await getDatabase().prisma.campaignEmail.updateMany({
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
    expect(await countWaiting(other)).toBe(0);
    await drain();
    expect([await tagsOf(shared.id), await tagsOf(shared.id, other), await tagsOf(theirs.id, other)]).toEqual([
      ["Ours"],
      [],
      [],
    ]);
    expect((await listContactApplications(other, { id: shared.id, ...FIRST_PAGE })).total).toBe(0);
  });

  it("goes with the person whom it changed, out of the history too, and its history outlives the rule", async () => {
    const rule = await addRule(everybody({ type: "add_tag", tag: "Seen" }), "Greets");
    const [gone, stays] = [await addPerson(), await addPerson()];
    await drain();
    await deleteContact(ctx, gone);
    await deleteAutomation(ctx, rule);
    expect(await historyOf(stays.id)).toMatchObject([{ ruleName: "Greets" }]);
    expect(await getDatabase().prisma.automationApplication.count({ where: { ruleId: rule.id } })).toBe(1);
  });
});

describe("what a rule does to fields of global admins", () => {
  it("is told to them alone", async () => {
    const { ctx: globalAdmin } = await createTestWorkspace(getDatabase(), { installationRole: "admin" });
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
      listContactApplications(of, { id, ...FIRST_PAGE }).then((list) =>
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
