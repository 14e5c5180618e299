import type { AutomationConfig } from "@hustings/contracts/automations";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { listContacts } from "../contacts/queries";
import type { WorkspaceContext } from "../context";
import { createField, deleteField } from "../fields/commands";
import { insertMany } from "../testing/insert-many";
import { createTestWorkspace } from "../testing/workspace";
import { applyRunSlice, failRun } from "./apply-run";
import { createAutomation, deleteAutomation } from "./commands";
import { dryRunAutomation } from "./dry-run";
import { getAutomation, listRuns } from "./queries";
import { runAutomation } from "./run-automation";
import { reviveStuckRuns, wakeLeftChanges } from "./sweep-automations";

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = (await createTestWorkspace(database)).ctx;
});

const toSlovene: AutomationConfig = {
  match: "all",
  conditions: [{ field: "language", operator: "neq", value: "de" }],
  actions: [
    { type: "set_field", field: "language", value: "sl" },
    { type: "add_tag", tag: "Slovene" },
  ],
};
const addRule = (config = toSlovene) => createAutomation(ctx, { name: "To Slovene", config });
const addPeople = (language: string, count: number) => insertMany(ctx, language, count);
const runsOf = async (id: string) => (await listRuns(ctx, { id, page: 1, pageSize: 10 })).runs;
const runJob = (runId: string, budgetMs = 60_000) =>
  applyRunSlice(ctx, { runId, workspaceId: ctx.workspaceId, budgetMs });
const entries = () =>
  database.prisma.auditEntry.findMany({ where: { workspaceId: ctx.workspaceId, action: "automations.run" } });
const speak = async (language: string) => {
  const filter = JSON.stringify({ match: "all", conditions: [{ field: "language", operator: "eq", value: language }] });
  return (await listContacts(ctx, { filter, page: 1, pageSize: 1, sortBy: "createdAt", sortOrder: "desc" })).total;
};

describe("a run by hand", () => {
  it("of few people ends at once and answers how many it changed, and the second time nobody", async () => {
    await addPeople("en", 3);
    await addPeople("de", 2);
    const rule = await addRule();
    expect(await runAutomation(ctx, rule)).toMatchObject({ affected: 3, status: "completed" });
    expect([await speak("sl"), await speak("de")]).toEqual([3, 2]);
    expect(await runAutomation(ctx, rule)).toMatchObject({ affected: 0, status: "completed" });
    expect(await runsOf(rule.id)).toMatchObject([
      { frozen: 3, processed: 3, affected: 0 },
      { frozen: 3, processed: 3, affected: 3, startedBy: ctx.principal.name, error: null },
    ]);
    expect((await getAutomation(ctx, rule)).appliedCount).toBe(3);
    expect(await entries()).toMatchObject([
      { actorKind: "user", targetId: rule.id, details: { status: "completed", matched: 3, changed: 3 } },
      { details: { changed: 0 } },
    ]);
  });

  it("of many people is a job, which may be killed and run twice at once, and changes each once", async () => {
    await addPeople("en", 1_000);
    await addPeople("sl", 200);
    const rule = await addRule();
    const early = await runAutomation(ctx, rule, 0);
    expect(early).toMatchObject({ affected: 1_200, status: "running" });
    await expect(runAutomation(ctx, rule, 0)).rejects.toMatchObject({ kind: "invalid" });
    await runJob(early.runId, 0);
    expect(await runsOf(rule.id)).toMatchObject([{ status: "running", processed: 1_000 }]);
    await Promise.all([runJob(early.runId, 0), runJob(early.runId, 0)]);
    await runJob(early.runId);
    // The 200 speak Slovene already, and lacked the tag alone.
    expect(await runsOf(rule.id)).toMatchObject([
      { status: "completed", frozen: 1_200, processed: 1_200, affected: 1_200 },
    ]);
    expect(await speak("sl")).toBe(1_200);
    expect(await database.prisma.automationApplication.count({ where: { runId: early.runId } })).toBe(1_200);
    expect(await entries()).toMatchObject([{ details: { matched: 1_200, changed: 1_200 } }]);
    expect(await database.prisma.automationRunContact.count()).toBe(0);
  });

  it("rolls back the part in which it was killed", async () => {
    await addPeople("en", 1_001);
    const rule = await addRule();
    const { runId } = await runAutomation(ctx, rule, 0);
    await runJob(runId, 0);
    const killed = {
      ...ctx,
      ports: {
        ...ctx.ports,
        now: () => {
          throw new Error("killed");
        },
      },
    };
    await expect(applyRunSlice(killed, { runId, workspaceId: ctx.workspaceId, budgetMs: 0 })).rejects.toThrow("killed");
    expect([await speak("en"), (await runsOf(rule.id))[0]?.affected]).toEqual([1, 1_000]);
    await runJob(runId);
    expect([await speak("en"), (await runsOf(rule.id))[0]?.affected]).toEqual([0, 1_001]);
  });

  it("says why it failed, and leaves room for the next", async () => {
    await addPeople("en", 1_001);
    const field = await createField(ctx, { name: "city", label: "City", fieldType: "text", sortOrder: 0 });
    const rule = await addRule({ ...toSlovene, actions: [{ type: "set_field", field: "city", value: "Ptuj" }] });
    const { runId } = await runAutomation(ctx, rule, 0);
    await deleteField(ctx, field);
    await runJob(runId);
    expect(await runsOf(rule.id)).toMatchObject([
      { status: "failed", affected: 0, error: expect.stringContaining("unknown field") },
    ]);
    await expect(runAutomation(ctx, rule)).rejects.toMatchObject({
      kind: "invalid",
      message: "This rule is broken. The field “City” was deleted",
    });
    const other = await addRule();
    const second = await runAutomation(ctx, other, 0);
    await failRun(ctx, second.runId);
    await failRun(ctx, second.runId);
    expect(await runsOf(other.id)).toMatchObject([{ status: "failed" }]);
    expect(await runAutomation(ctx, other, 0)).toMatchObject({ status: "running" });
  });

  it("ends with its rule, and is asked for again when it hangs", async () => {
    await addPeople("en", 1_001);
    const rule = await addRule();
    const { runId } = await runAutomation(ctx, rule, 0);
    await database.prisma
      .$executeRaw`update automation_runs set progressed_at = now() - interval '1 hour' where id = ${runId}::uuid`;
    expect(await reviveStuckRuns(ctx)).toBe(1);
    expect(await reviveStuckRuns(ctx)).toBe(0);
    await deleteAutomation(ctx, rule);
    expect(await runJob(runId)).toMatchObject({ isDone: true });
    expect(await speak("sl")).toBe(0);
  });

  it("sets off the workspace's active rules", async () => {
    await createContact(ctx, { language: "en", customFields: {} });
    const rule = await addRule();
    await database.prisma.contactChange.deleteMany();
    await runAutomation(ctx, rule);
    const noted = await database.prisma.contactChange.findMany({ where: { workspaceId: ctx.workspaceId } });
    expect(noted).toMatchObject([{ round: 1, cause: "rule" }]);
    await database.prisma.$executeRaw`update contact_changes set created_at = now() - interval '1 hour'`;
    expect(await wakeLeftChanges(ctx)).toBe(1);
  });
});

describe("a dry run", () => {
  it("says whom a rule would change and how, exactly as the run then does, and changes nothing", async () => {
    await createField(ctx, { name: "city", label: "City", fieldType: "text", sortOrder: 0 });
    const config: AutomationConfig = {
      match: "any",
      conditions: [
        { field: "language", operator: "eq", value: "en" },
        { field: "language", operator: "eq", value: "sl" },
      ],
      actions: [
        { type: "set_field", field: "city", value: "Ptuj" },
        { type: "remove_tag", tag: "Gone" },
        { type: "set_field", field: "language", value: "sl" },
        // The last word on a tag counts.
        { type: "add_tag", tag: "Both" },
        { type: "remove_tag", tag: "both" },
      ],
    };
    await addPeople("en", 12);
    await addPeople("de", 3);
    await createContact(ctx, { language: "sl", customFields: { city: "Ptuj" } });
    const dry = await dryRunAutomation(ctx, { config });
    expect(dry).toMatchObject({ matched: 13, wouldChange: 12 });
    expect(dry.examples).toHaveLength(10);
    expect(dry.examples[0]?.changes).toEqual([
      { type: "set_field", field: "language", tag: null, from: "en", to: "sl" },
      { type: "set_field", field: "city", tag: null, from: null, to: "Ptuj" },
    ]);
    expect(await speak("sl")).toBe(1);
    expect(await database.prisma.tag.count({ where: { workspaceId: ctx.workspaceId } })).toBe(0);
    const rule = await addRule(config);
    expect((await runAutomation(ctx, rule)).affected).toBe(12);
    expect(await dryRunAutomation(ctx, { config })).toMatchObject({ matched: 13, wouldChange: 0, examples: [] });
  });
});
