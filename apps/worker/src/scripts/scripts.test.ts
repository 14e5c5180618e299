import { setTimeout as sleep } from "node:timers/promises";
import { SCRIPT_EXAMPLES } from "@hustings/api/scripts/examples";
import { getScriptManual } from "@hustings/api/scripts/manual";
import type { ScriptRun } from "@hustings/contracts/scripts";
import { listAudit } from "@hustings/core/audit/queries";
import { getCampaign } from "@hustings/core/campaigns/queries";
import { createContact } from "@hustings/core/contacts/create-contact";
import { getContact } from "@hustings/core/contacts/queries";
import type { WorkspaceContext } from "@hustings/core/context";
import { createInteraction } from "@hustings/core/interactions/commands";
import { createScript, deleteScript } from "@hustings/core/scripts/commands";
import { getScriptRun, listScriptRuns } from "@hustings/core/scripts/queries";
import { runScriptByHand, stopScriptRun } from "@hustings/core/scripts/start-run";
import { sweepScripts } from "@hustings/core/scripts/sweep-scripts";
import { createSegment } from "@hustings/core/segments/commands";
import { createTag } from "@hustings/core/tags/commands";
import { createTestWorkspace, type TestPersonOptions, testCoreContext } from "@hustings/core/testing/workspace";
import { updateWorkspace } from "@hustings/core/workspaces/commands";
import { deleteWorkspace } from "@hustings/core/workspaces/delete-workspace";
import { readScriptEnv } from "@hustings/script-runner/env";
import { createScriptRunner, type ScriptRunner } from "@hustings/script-runner/runner";
import { afterAll, describe, expect, it } from "vitest";
import { useImpatientJobs } from "../testing/use-impatient-jobs";
import { createScriptsPort } from "./scripts-port";

let runner: ScriptRunner;
const used = useImpatientJobs((core) => {
  runner = createScriptRunner(readScriptEnv({ SCRIPT_ISOLATION: "reduced" }));
  return createScriptsPort(runner, core);
});
afterAll(() => runner.close());

const WAIT_MS = 30_000;
const open = (options: TestPersonOptions & { scriptWaitMs?: number } = {}) =>
  createTestWorkspace(used.database, {
    ...options,
    core: testCoreContext(used.database, { scriptWaitMs: options.scriptWaitMs ?? WAIT_MS }),
  });
const run = async (ctx: WorkspaceContext, code: string, input?: unknown) => {
  const { id } = await createScript(ctx, { name: "A script", code });
  return runScriptByHand(ctx, { id, input });
};
/** The run, once it is as it shall be. */
const untilIt = async (ctx: WorkspaceContext, is: (run: ScriptRun) => boolean, id: string, runId: string) => {
  while (!is(await getScriptRun(ctx, { id, runId }))) await sleep(50);
  return getScriptRun(ctx, { id, runId });
};
/** What came of each call, as its value or as the code of its refusal. */
const tried = (...calls: string[]) =>
  `const all = []; for (const call of [${calls.map((call) => `() => ${call}`).join(",")}])
     all.push(await call().then((v) => v?.id ?? v?.total ?? "done", (e) => e.code)); return all`;

describe("a script's run", () => {
  it("acts in its workspace, and the audit tells which run changed what", async () => {
    const { ctx, user } = await open();
    const { id: tagId } = await createTag(ctx, { name: "called" });
    const outcome = await run(
      ctx,
      `log("for", input.name);
       const { id } = await crm.contacts.create({ email: "ana@example.org", firstName: input.name });
       await crm.contacts.tag(id, "${tagId}");
       await crm.contacts.update(id, { lastName: "Novak" });
       await crm.interactions.create(id, { type: "note", subject: "by a script" });
       let seen = 0; for await (const contact of crm.contacts.iterate({ tagId: "${tagId}" })) seen++;
       return { id, seen }`,
      { name: "Ana" },
    );
    expect(outcome).toMatchObject({ status: "succeeded", error: null, logs: ["for Ana"], calls: 5, changes: 4 });
    const { id, seen } = outcome.result as { id: string; seen: number };
    expect(seen).toBe(1);
    expect(await getContact(ctx, { id })).toMatchObject({ firstName: "Ana", lastName: "Novak" });
    const { entries } = await listAudit(ctx, { scriptRunId: outcome.id, page: 1, pageSize: 50 });
    expect(entries.map(({ actorId, actorName }) => [actorId, actorName])).toEqual(
      Array(4).fill([outcome.id, "A script"]),
    );
    expect(entries.map(({ action }) => action)).toContain("contacts.update");
    expect(user.id).toBe(ctx.principal.userId);
  });

  it("reaches no other workspace, not even as a global admin, and nothing that is not for scripts", async () => {
    const { ctx } = await open({ installationRole: "admin" });
    const { ctx: other } = await open();
    const theirs = await createContact(other, { email: "theirs@example.org", customFields: {} });
    const shared = await createContact(other, { email: "shared@example.org", customFields: {} });
    const outcome = await run(
      ctx,
      `const { id } = await crm.contacts.create({ email: "shared@example.org" });
       const gone = await crm.contacts.delete(id);
       const refused = [];
       for (const call of [() => crm.contacts.get("${theirs.id}"), () => crm.contacts.delete("${theirs.id}"), () => crm.contacts.get("${theirs.id}", { workspaceId: "${other.workspaceId}" })])
         refused.push(await call().then(() => "reached", (e) => e.code));
       return [refused, typeof crm.campaigns.pause, (await crm.contacts.list()).total]`,
    );
    expect(outcome.result).toEqual([["NOT_FOUND", "NOT_FOUND", "BAD_REQUEST"], "undefined", 0]);
    expect(await getContact(other, { id: shared.id })).toMatchObject({ email: "shared@example.org" });
  });

  it("sends a campaign once an admin has allowed it, with its editor's rights, and not before", async () => {
    const { ctx } = await open();
    await createContact(ctx, { email: "ana@example.org", customFields: {} });
    const code = `const { id } = await crm.campaigns.create({ name: "N", subject: "S", body: "<p>B</p>" });
      return [id, (await crm.campaigns.send(id).catch((error) => error)).message]`;
    const send = async () => {
      const [id, message] = (await run(ctx, code)).result as [string, string];
      return { message, status: (await getCampaign(ctx, id)).status };
    };
    const message = expect.stringMatching(/may not send campaigns in this workspace/);
    expect(await send()).toEqual({ message, status: "draft" });
    await updateWorkspace(ctx, { id: ctx.workspaceId, scriptsMaySend: true });
    const status = expect.not.stringMatching("draft");
    expect(await send()).toEqual({ message: "Campaign queued for sending.", status });
  });

  it("is handed what the editor's manual tells of, no more and no less", async () => {
    const { ctx } = await open();
    const outcome = await run(
      ctx,
      `const pathsOf = (name, value) => typeof value === "object" && value !== null
         ? Object.entries(value).flatMap(([key, each]) => pathsOf(name + "." + key, each)) : [name];
       const vm2s = ["global", "Function", "eval"];
       return Object.keys(globalThis).filter((name) => !vm2s.includes(name))
         .flatMap((name) => pathsOf(name, globalThis[name])).sort()`,
    );
    const { methods, words } = getScriptManual();
    const told = [...methods.map(({ path }) => `crm.${path}`), ...words.map(({ path }) => path)];
    expect(outcome.result).toEqual(told.sort());
  });

  it("may start from the examples, each of which does what it says", async () => {
    const { ctx } = await open();
    await createContact(ctx, { firstName: "Ana", customFields: { postcode: "2000" } });
    await createContact(ctx, { firstName: "Bor", customFields: {} });
    const { id: silent } = await createContact(ctx, { firstName: "Cene", customFields: {} });
    await createInteraction(ctx, {
      id: silent,
      type: "call",
      occurredAt: "2020-01-01T00:00:00Z",
      metadata: {},
    });
    await createSegment(ctx, { name: "Everyone", filter: { match: "all", conditions: [] } });
    const results = [];
    for (const { id, code } of SCRIPT_EXAMPLES) {
      const { error, result } = await run(ctx, code, { segment: "Everyone" });
      results.push([id, error, result]);
    }
    expect(results).toEqual([
      ["count-week", null, expect.objectContaining({ people: 3, byLanguage: { unknown: 3 } })],
      ["tag-silent", null, { tagged: 1 }],
      ["fill-field", null, { filled: 1 }],
      ["draft-campaign", null, expect.objectContaining({ people: 3 })],
      ["note-thanks", null, { people: 3 }],
    ]);
  });

  it("has its last editor's rights at the time of the run, and none without them", async () => {
    const { ctx, user, workspaceId } = await open();
    const { id } = await createScript(ctx, {
      name: "Rights",
      code: tried("crm.contacts.list()", "crm.contacts.create({ firstName: 'A' })", "crm.segments.list()"),
    });
    const setRole = (role: "viewer") =>
      ctx.db.membership.update({ where: { workspaceId_userId: { workspaceId, userId: user.id } }, data: { role } });
    expect((await runScriptByHand(ctx, { id })).result).toEqual([0, expect.stringMatching(/-/), "done"]);
    await setRole("viewer");
    expect((await runScriptByHand(ctx, { id })).result).toEqual([1, "FORBIDDEN", "done"]);
    await ctx.db.membership.deleteMany({ where: { userId: user.id } });
    expect(await runScriptByHand(ctx, { id })).toMatchObject({
      status: "failed",
      calls: 0,
      error: expect.stringContaining("no role"),
    });
    await ctx.db.user.update({ where: { id: user.id }, data: { isActive: false } });
    expect(await runScriptByHand(ctx, { id })).toMatchObject({
      status: "failed",
      error: expect.stringContaining("deactivated"),
    });
  });

  it("that fails says on which line, and what the API said", async () => {
    const { ctx } = await open();
    const outcome = await run(ctx, "const a = 1;\n\nawait crm.contacts.create({ email: 'nobody' });");
    expect(outcome).toMatchObject({
      status: "failed",
      errorLine: 3,
      changes: 0,
      error: expect.stringContaining("email: must be an email address"),
    });
  });

  it("shows its log while it runs, and is stopped by hand or by the end of its script", async () => {
    const { ctx } = await open({ scriptWaitMs: 0 });
    const [stopped, deleted] = await Promise.all([
      run(ctx, "log('on'); await sleep(1e7)"),
      run(ctx, "log('on'); await sleep(1e7)"),
    ]);
    for (const { scriptId, id } of [stopped, deleted])
      expect((await untilIt(ctx, ({ logs }) => logs.length > 0, scriptId, id)).status).toBe("running");
    await deleteScript(ctx, { id: deleted.scriptId });
    await stopScriptRun(ctx, { id: stopped.scriptId, runId: stopped.id });
    const ended = await untilIt(ctx, ({ status }) => status !== "running", stopped.scriptId, stopped.id);
    expect(ended).toMatchObject({ status: "cancelled", error: "It was stopped", logs: ["on"] });
    expect(await ctx.db.scriptRun.count({ where: { id: deleted.id } })).toBe(0);
  });

  it("has its editor's rights of each moment, also when they go while it runs", async () => {
    const { ctx, user, workspaceId } = await open({ scriptWaitMs: 0 });
    const { scriptId, id } = await run(
      ctx,
      `for (const seen = new Set(); ; await sleep(20)) {
         const code = await crm.contacts.create({ firstName: "A" }).then(() => "made", (e) => e.code);
         if (!seen.has(code)) log(code);
         if (code === "UNAUTHORIZED") return;
         seen.add(code);
       }`,
    );
    const untilLogged = (code: string) => untilIt(ctx, ({ logs }) => logs.at(-1) === code, scriptId, id);
    await untilLogged("made");
    const where = { workspaceId_userId: { workspaceId, userId: user.id } };
    await ctx.db.membership.update({ where, data: { role: "viewer" } });
    await untilLogged("FORBIDDEN");
    await ctx.db.user.update({ where: { id: user.id }, data: { isActive: false } });
    const ended = await untilIt(ctx, ({ status }) => status !== "running", scriptId, id);
    expect(ended).toMatchObject({ status: "succeeded", logs: ["made", "FORBIDDEN", "UNAUTHORIZED"] });
  });

  it("is stopped by the removal of its workspace, and leaves nobody behind in it", async () => {
    const { ctx, workspaceId } = await open();
    const { ctx: admin } = await open({ installationRole: "admin" });
    const ended = run(ctx, "for (let n = 0; ; n++) await crm.contacts.create({ firstName: 'P' + n })").then(
      ({ status }) => status,
      ({ kind }) => kind,
    );
    const people = () => ctx.db.contact.count({ where: { workspaceIds: { has: workspaceId } } });
    while ((await people()) < 5) await sleep(20);
    expect(await deleteWorkspace(admin, { id: workspaceId })).toMatchObject({ success: true, unlinked: 0 });
    expect(["cancelled", "not_found"]).toContain(await ended);
    expect(await people()).toBe(0);
    expect(await ctx.db.scriptRun.count({ where: { workspaceId } })).toBe(0);
  });

  it("comes by its schedule", async () => {
    const { ctx } = await open();
    const { id } = await createScript(ctx, { name: "Due", code: "return 'ran'", cronSchedule: "0 0 1 1 *" });
    await ctx.db.script.update({ where: { id }, data: { nextRunAt: new Date(Date.now() - 1_000) } });
    await sweepScripts(ctx);
    const look = async () => (await listScriptRuns(ctx, { id, limit: 10, offset: 0 })).runs;
    while ((await look())[0]?.finishedAt === null) await sleep(50);
    expect(await look()).toMatchObject([{ status: "succeeded", trigger: "cron", result: "ran" }]);
  });
});
