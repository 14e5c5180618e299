import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readScriptEnv } from "./env";
import { type ScriptApi, ScriptCallError, type ScriptOutcome } from "./job";
import { createScriptRunner, type ScriptRunner } from "./runner";
import { curiousScripts, greedyScripts, type HostileScript } from "./testing/hostile-scripts";
import { languageEscapes } from "./testing/language-escapes";

const WALL_MS = 1_200;
const GOOD = 20;
const all: HostileScript[] = [...greedyScripts, ...curiousScripts, ...languageEscapes];

const GOOD_CODE = "const { input: got } = await crm.contacts.get(String(input)); return Number(got.id) * 2";

const api: ScriptApi = {
  methods: { "contacts.get": { arguments: ["id"] }, "contacts.fail": { arguments: [] } },
  call: async (method, input) => {
    if (method === "contacts.fail") throw new ScriptCallError("No", "FORBIDDEN", ["because"]);
    return { as: "given", method, input };
  },
};

const outcomes = new Map<string, Promise<ScriptOutcome>>();
let good: Promise<ScriptOutcome[]>;
let runners: ScriptRunner[];
beforeAll(async () => {
  // Where the machine forbids a layer the language must hold by itself; `wall.test.ts` says which is missing.
  const settings = readScriptEnv({ SCRIPT_ISOLATION: "reduced", SCRIPT_CONCURRENCY: "2", SCRIPT_WARM: "2" });
  const bounds = { wallMs: WALL_MS, memoryMb: 48, calls: 200, logBytes: 16_384 };
  const impatient = createScriptRunner({ ...settings, concurrency: 8, limits: { ...settings.limits, ...bounds } });
  const patient = createScriptRunner(settings);
  runners = [impatient, patient];
  for (const { name, code } of all) {
    const runner = greedyScripts.some((script) => script.name === name) ? impatient : patient;
    outcomes.set(name, runner.run({ group: "hostile", code, input: null, api }));
  }
  good = Promise.all(
    Array.from({ length: GOOD }, (_, n) => patient.run({ group: "good", code: GOOD_CODE, input: n, api })),
  );
});
afterAll(async () => {
  await Promise.all(runners.map((runner) => runner.close()));
  expect(listChildren()).toEqual([]);
});

/** Processes of ours that still run a script. */
const listChildren = () =>
  execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes("child.cjs"));

describe("hostile scripts", () => {
  it.each(all.map((script) => [script.name, script] as const))(
    "are survived: one that %s",
    async (name, { ends, result }) => {
      const outcome = (await outcomes.get(name)) as ScriptOutcome;
      expect(ends, JSON.stringify(outcome.error)).toContain(outcome.status);
      if (outcome.status === "succeeded" && result !== undefined) expect(outcome.result).toEqual(result);
      if (outcome.status !== "succeeded") expect(outcome.error?.message).toMatch(/\S/);
      expect(JSON.stringify(outcome)).not.toContain("ESCAPED");
      expect(Buffer.byteLength(outcome.logs.join("\n"))).toBeLessThan(17_000);
    },
  );

  it("do not keep good ones from their work", async () => {
    expect((await good).map(({ result }) => result)).toEqual(Array.from({ length: GOOD }, (_, n) => n * 2));
  });
});
