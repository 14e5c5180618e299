import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildChanged } from "../start/build";
import { readSettings } from "../start/settings";
import { planKills } from "./kills";
import { runChaos } from "./run-chaos";

const RECIPIENTS = 2_000;
const KILLS = 5;

describe("chaos", () => {
  const directory = mkdtempSync(path.join(tmpdir(), "hustings-chaos-test-"));
  let isWell = false;
  // What went wrong lies there.
  afterAll(() => isWell && rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));

  it(`reaches each of ${RECIPIENTS} people once through ${KILLS} kills -9 of workers, web and Postgres`, {
    timeout: 600_000,
  }, async () => {
    await buildChanged(readSettings(process.env, "/nonexistent/.env").environment);
    const seed = Date.now() % 2 ** 31;
    const said: string[] = [];
    const report = await runChaos({
      recipients: RECIPIENTS,
      kills: KILLS,
      seed,
      directory,
      say: (line) => said.push(line),
    });
    expect(report.problems, `seed ${seed}, evidence in ${directory}:\n${said.join("\n")}`).toEqual([]);
    expect(Object.values(report.killed).reduce((sum, times) => sum + times, 0)).toBe(KILLS);
    // Without these it would prove less than it says.
    expect(report.failedCalls).toBeGreaterThan(0);
    expect(report.samples).toBeGreaterThan(20);
    isWell = true;
  });
});

it("draws the same kills for the same seed, each victim once before any is killed twice", () => {
  const plan = planKills(7, 10);
  expect(planKills(7, 10)).toEqual(plan);
  expect(planKills(8, 10)).not.toEqual(plan);
  expect(plan.map(({ at }) => at)).toEqual(plan.map(({ at }) => at).sort((a, b) => a - b));
  expect(new Set(plan.slice(0, 5).map(({ victim }) => victim)).size).toBe(5);
});
