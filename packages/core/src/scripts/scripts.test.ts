import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import type { Prisma } from "@hustings/db/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace, joinTestWorkspace, testCoreContext } from "../testing/workspace";
import { checkScript } from "./check-script";
import { createScript, deleteScript, updateScript } from "./commands";
import { getScriptService } from "./get-script-service";
import { INTERRUPTED } from "./interrupted";
import { performScriptRun } from "./perform-run";
import { getScript, getScriptRun, listScriptRuns, listScripts } from "./queries";
import { findNextRun } from "./schedule";
import { runScriptByHand, stopScriptRun } from "./start-run";
import { forgetOldRuns, sweepScripts } from "./sweep-scripts";

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx } = await createTestWorkspace(database));
});
afterAll(() => database.drop());

const draft = (more = {}) => createScript(ctx, { name: "Nightly", code: "return 1", ...more });
const listAsked = () => database.prisma.outboxEvent.count({ where: { name: "script/run.requested", sentAt: null } });
const HOUR_MS = 3_600_000;
const makeDue = (id: string) =>
  database.prisma.script.update({ where: { id }, data: { nextRunAt: new Date(Date.now() - 72 * HOUR_MS) } });

describe("a schedule", () => {
  it("is kept in UTC, or in the time zone that it names, over the change of clocks", () => {
    expect(findNextRun("0 9 * * 1", new Date("2026-11-26T00:00:00Z")).toISOString()).toBe("2026-11-30T09:00:00.000Z");
    const paris = "TZ=Europe/Paris 0 9 * * *";
    expect(findNextRun(paris, new Date("2026-03-28T12:00:00Z")).toISOString()).toBe("2026-03-29T07:00:00.000Z");
    expect(findNextRun(paris, new Date("2026-03-27T12:00:00Z")).toISOString()).toBe("2026-03-28T08:00:00.000Z");
  });

  it("is refused when it never comes, or is none", () => {
    for (const wrong of [
      "",
      "0 0 30 2 *",
      "0 0 31 4 *",
      "@daily",
      "0 9 * *",
      "* * * * * *",
      "a b c d e",
      "TZ= * * * * *",
    ])
      expect(() => findNextRun(wrong, new Date()), wrong).toThrow();
  });

  it("is told in words with its next times, or what is wrong with it, before it is saved", () => {
    const check = (cronSchedule: string) => checkScript(ctx, { code: "const b = ;", cronSchedule });
    expect(check("TZ=Europe/Paris 0 9 * * 1")).toEqual({
      problem: { line: 1, column: 11, message: "Unexpected token" },
      schedule: {
        problem: null,
        words: "At 09:00, only on Monday",
        timeZone: "Europe/Paris",
        times: Array.from({ length: 5 }, () => expect.stringMatching(/T0[78]:00:00.000Z$/)),
      },
    });
    expect(check("0 0 30 2 *").schedule).toEqual({ problem: "never comes", words: null, timeZone: "UTC", times: [] });
    expect(checkScript(ctx, {})).toEqual({ problem: null, schedule: null });
  });
});

describe("a script", () => {
  it("has the rights of whoever saved it last, and its next time only while its schedule is on", async () => {
    const made = await draft({ cronSchedule: "0 9 * * *" });
    expect(made.lastEditedBy?.id).toBe(ctx.principal.userId);
    expect(Date.parse(made.nextRunAt ?? "")).toBeGreaterThan(Date.now());
    const { ctx: colleague, user } = await joinTestWorkspace(database, ctx.workspaceId);
    const off = await updateScript(colleague, { id: made.id, enabled: false });
    expect(off).toMatchObject({ nextRunAt: null, lastEditedBy: { id: user.id }, code: "return 1" });
    expect((await updateScript(ctx, { id: made.id, enabled: true })).nextRunAt).toBe(made.nextRunAt);
    expect(await updateScript(ctx, { id: made.id, cronSchedule: null })).toMatchObject({ nextRunAt: null });
  });

  it("stands in a list with its last run, newest first, and belongs to its workspace alone", async () => {
    const { ctx: other } = await createTestWorkspace(database);
    const [first, second] = [await draft(), await draft()];
    await runScriptByHand(ctx, { id: first.id });
    const run = await runScriptByHand(ctx, { id: first.id });
    const { scripts } = await listScripts(ctx, { limit: 2, offset: 0 });
    expect(scripts.map(({ id, lastRun }) => [id, lastRun?.id])).toEqual([
      [second.id, undefined],
      [first.id, run.id],
    ]);
    expect((await listScripts(other, { limit: 10, offset: 0 })).total).toBe(0);
    for (const reach of [
      () => getScript(other, first),
      () => getScriptRun(other, { id: first.id, runId: run.id }),
      () => getScriptRun(ctx, { id: second.id, runId: run.id }),
      () => listScriptRuns(other, { id: first.id, limit: 1, offset: 0 }),
      () => deleteScript(other, first),
    ])
      await expect(reach()).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("a run", () => {
  it("is refused while as many wait as may, in its workspace alone", async () => {
    const narrow = testCoreContext(database, { scriptQueue: 2 });
    const [{ ctx: busy }, { ctx: calm }] = await Promise.all([
      createTestWorkspace(database, { core: narrow }),
      createTestWorkspace(database, { core: narrow }),
    ]);
    const { id } = await createScript(busy, { name: "Many", code: "return 1" });
    const runs = [await runScriptByHand(busy, { id }), await runScriptByHand(busy, { id })];
    await expect(runScriptByHand(busy, { id })).rejects.toMatchObject({ kind: "too_many", retryAfterSeconds: 15 });
    const other = await createScript(calm, { name: "Few", code: "return 1" });
    expect(await runScriptByHand(calm, other)).toMatchObject({ status: "queued" });
    await stopScriptRun(busy, { id, runId: runs[0]?.id ?? "" });
    expect(await runScriptByHand(busy, { id })).toMatchObject({ status: "queued" });
  });

  it("that waits is stopped at once, and is not begun any more", async () => {
    const { id } = await draft();
    const run = await runScriptByHand(ctx, { id });
    expect(run).toMatchObject({ status: "queued", trigger: "manual", startedAt: null, logs: [], result: null });
    expect(await stopScriptRun(ctx, { id, runId: run.id })).toMatchObject({ status: "cancelled" });
    await expect(stopScriptRun(ctx, { id, runId: run.id })).rejects.toMatchObject({ kind: "invalid" });
    expect(await performScriptRun(ctx, run.id)).toBe("cancelled");
  });

  it("that lost its worker has failed, and is not run again", async () => {
    const { id } = await draft();
    const run = await runScriptByHand(ctx, { id });
    const seenAt = new Date(Date.now() - HOUR_MS);
    await database.prisma.scriptRun.update({
      where: { id: run.id },
      data: { status: "running", startedAt: seenAt, seenAt },
    });
    expect(await performScriptRun(ctx, run.id)).toBe("failed");
    expect(await getScriptRun(ctx, { id, runId: run.id })).toMatchObject({ status: "failed", error: INTERRUPTED });
    expect(await performScriptRun(ctx, newId())).toBeNull();
  });

  it("says so where scripts cannot run", async () => {
    const { id } = await draft();
    const run = await runScriptByHand(ctx, { id });
    expect(await performScriptRun(testCoreContext(database), run.id)).toBe("failed");
    expect((await getScriptRun(ctx, { id, runId: run.id })).error).toContain("runs no scripts");
  });

  it("is forgotten when two hundred newer ones are there; the history shows the end of its log", async () => {
    const { id } = await draft();
    const logs = Array.from({ length: 30 }, (_, n) => `line ${n}`);
    const rows = Array.from({ length: 203 }, () => ({ id: newId(), scriptId: id, workspaceId: ctx.workspaceId, logs }));
    await database.prisma.scriptRun.createMany({
      data: rows.map((row) => ({ ...row, trigger: "cron" as const, status: "succeeded" as const })),
    });
    expect(await forgetOldRuns(database.prisma, rows.at(-1)?.id ?? "")).toBe(3);
    const { runs, total } = await listScriptRuns(ctx, { id, limit: 1, offset: 0 });
    expect([total, runs[0]?.id, runs[0]?.logs]).toEqual([200, rows.at(-1)?.id, logs.slice(10)]);
    expect((await getScriptRun(ctx, { id, runId: runs[0]?.id ?? "" })).logs).toEqual(logs);
  });
});

describe("the service that runs scripts", () => {
  it("is as the weakest of the workers that live says", async () => {
    expect(await getScriptService(ctx)).toBeNull();
    const limits = { wallMs: 1_000, cpuSeconds: 1, memoryMb: 64, logBytes: 1, resultBytes: 1, calls: 1 };
    const layer = { layer: "network", says: "no unshare", keepsFrom: "the network", allow: "unshare" };
    const tell = (name: string, seenAt: Date, scripts: Prisma.InputJsonValue) =>
      database.prisma.workerHeartbeat.create({ data: { name, startedAt: seenAt, seenAt, scripts } });
    const now = new Date();
    await tell("gone", new Date(now.getTime() - HOUR_MS), { refusal: "gone", missing: [], limits });
    await tell("strong", now, { refusal: null, missing: [], limits });
    expect(await getScriptService(ctx)).toEqual({ refusal: null, missing: [], limits });
    await tell("weak", now, { refusal: "off", missing: [layer], limits });
    expect(await getScriptService(ctx)).toEqual({ refusal: "off", missing: [layer], limits });
    await tell("broken", now, { refusal: "no Node", missing: [], limits });
    expect(await getScriptService(ctx)).toEqual({ refusal: "no Node", missing: [], limits });
  });
});

describe("the minute's sweep", () => {
  it("forgets what ended three months ago, and nothing that has not ended", async () => {
    const { id } = await draft();
    const createdAt = (days: number) => new Date(Date.now() - days * 24 * HOUR_MS);
    const run = {
      scriptId: id,
      workspaceId: ctx.workspaceId,
      trigger: "cron" as const,
      startedAt: new Date(),
      seenAt: new Date(),
    };
    await database.prisma.scriptRun.createMany({
      data: [
        { ...run, status: "failed", createdAt: createdAt(91) },
        { ...run, status: "failed", createdAt: createdAt(89) },
        { ...run, status: "running", createdAt: createdAt(91) },
      ],
    });
    expect(await sweepScripts(ctx)).toMatchObject({ forgotten: 1 });
    expect((await listScriptRuns(ctx, { id, limit: 10, offset: 0 })).total).toBe(2);
  });

  it("starts what is due, once however often it was missed, and skips what still runs", async () => {
    const { id } = await draft({ cronSchedule: "*/10 * * * *" });
    const off = await draft({ cronSchedule: "*/10 * * * *", enabled: false });
    await makeDue(id);
    const before = await listAsked();
    expect(await sweepScripts(ctx)).toMatchObject({ started: 1, skipped: 0 });
    expect(await sweepScripts(ctx)).toMatchObject({ started: 0, skipped: 0 });
    expect(await listAsked()).toBe(before + 1);
    expect(Date.parse((await getScript(ctx, { id })).nextRunAt ?? "")).toBeGreaterThan(Date.now());
    await makeDue(id);
    expect(await sweepScripts(ctx)).toMatchObject({ started: 0, skipped: 1 });
    const { runs } = await listScriptRuns(ctx, { id, limit: 10, offset: 0 });
    expect(runs.map(({ status, trigger }) => [status, trigger])).toEqual([
      ["skipped", "cron"],
      ["queued", "cron"],
    ]);
    expect((await listScriptRuns(ctx, { id: off.id, limit: 10, offset: 0 })).total).toBe(0);
  });
});
