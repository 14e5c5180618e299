import type { AutomationConfig } from "@hustings/contracts/automations";
import { newId } from "@hustings/db/ids";
import { beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { getContact } from "../contacts/queries";
import { updateContact } from "../contacts/update-contact";
import type { WorkspaceContext } from "../context";
import { importContacts } from "../imports/import-rows";
import { createInteraction } from "../interactions/commands";
import { everybody, useAutomations } from "../testing/automations";
import { insertMany } from "../testing/insert-many";
import { updateAutomation } from "./commands";
import { drainContactChanges } from "./drain-changes";
import { getAutomation } from "./queries";

const world = useAutomations();
const { addRule, addPerson, drain, countWaiting, countEvents, tagsOf, historyOf, getDatabase } = world;
let ctx: WorkspaceContext;
beforeEach(() => {
  ctx = world.ctx;
});

describe("changes", () => {
  it("are noted nowhere while no rule wants to know", async () => {
    const rule = await addRule(everybody({ type: "add_tag", tag: "Seen" }));
    await updateAutomation(ctx, { id: rule.id, isActive: false });
    const { id } = await addPerson();
    await createInteraction(ctx, { id, type: "note", metadata: {} });
    expect(await getDatabase().prisma.contactChange.count()).toBe(0);
    expect(await countEvents()).toBe(0);
    await updateAutomation(ctx, { id: rule.id, isActive: true });
    // Conditions that do not speak of interactions are not asked about them.
    await createInteraction(ctx, { id, type: "note", metadata: {} });
    expect(await getDatabase().prisma.contactChange.count()).toBe(0);
  });

  it("are asked about once per transaction, whatever it changes", async () => {
    await addRule(everybody({ type: "add_tag", tag: "Seen" }));
    await importContacts(ctx, {
      rows: Array.from({ length: 30 }, (_, n) => ({ mail: `p${n}-${newId()}@example.org`, tags: "New" })),
      mapping: { mail: "email", tags: "tags" },
      constantValues: {},
      skipDuplicates: false,
    });
    expect([await countEvents(), await countWaiting()]).toEqual([1, 30]);
  });

  it("are looked at once by jobs that run at the same time", async () => {
    const rule = await addRule(everybody({ type: "add_tag", tag: "Seen" }));
    await insertMany(ctx, "sl", 1_200);
    await Promise.all([drain(), drain(), drain()]);
    expect(await countWaiting()).toBe(0);
    expect((await getAutomation(ctx, rule)).appliedCount).toBe(1_200);
    expect(await getDatabase().prisma.automationApplication.count({ where: { ruleId: rule.id } })).toBe(1_200);
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
    expect([await countWaiting(), await tagsOf(id)]).toEqual([1, []]);
    await drain();
    expect([await countWaiting(), (await tagsOf(id)).sort()]).toEqual([0, ["New", "Seen"]]);
  });

  it("of a workspace that is gone are dropped", async () => {
    const workspaceId = newId();
    await getDatabase().prisma.contactChange.create({
      data: { workspaceId, contactId: newId(), round: 0, cause: "changed" },
    });
    expect(await drainContactChanges(ctx, { workspaceId, budgetMs: 1_000 })).toMatchObject({ isDone: true });
    expect(await getDatabase().prisma.contactChange.count({ where: { workspaceId } })).toBe(0);
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
