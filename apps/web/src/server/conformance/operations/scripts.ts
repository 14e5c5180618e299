import { createScript } from "@hustings/core/scripts/commands";
import { runScriptByHand } from "@hustings/core/scripts/start-run";
import type { Row, Rows } from "../row";
import type { World } from "../world";

const content = { name: "Nightly", code: "return (await crm.contacts.list()).total" };
const script = async (world: World) => ({ parameters: { id: (await createScript(world.a.ctx, content)).id } });

async function waitingRun(world: World) {
  const { parameters } = await script(world);
  const run = await runScriptByHand(world.a.ctx, parameters);
  return { parameters: { ...parameters, runId: run.id } };
}

const wrongContent = [
  {
    body: { name: "", code: 1, cronSchedule: 2, enabled: "yes" },
    details: ["name", "code", "cronSchedule", "enabled"],
  },
  {
    body: { name: "x", code: "const a = 1;\nconst b = ;", cronSchedule: "0 0 30 2 *" },
    details: ["code: line 2, column 11: Unexpected token", "cronSchedule: never comes"],
  },
  { body: { name: "x", code: 'import fs from "fs"' }, details: ["code: line 1, column 1"] },
  { body: { name: "x", code: "}); (async () => {" }, details: ["code: line 1, column 1"] },
  { body: { name: "x", code: "", cronSchedule: "TZ=Moon/Base 0 9 * * *" }, details: ["cronSchedule: knows no"] },
  { body: { name: "x", code: "", cronSchedule: "61 * * * *" }, details: ["cronSchedule: is no schedule"] },
  { body: { name: "x", code: "", cronSchedule: "* * * * * *" }, details: ["cronSchedule: must have five"] },
];
const one = { auth: "admin", status: 200, errors: [401, 403, 404], given: script } as const satisfies Partial<Row>;
const changing = { ...one, errors: [400, 401, 403, 404] } as const satisfies Partial<Row>;

export const scriptRows: Rows = [
  {
    operation: "GET /api/scripts",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await waitingRun(world);
      return { query: { limit: "10" } };
    },
    refused: () => [{ query: { limit: "0" }, details: ["limit"] }],
  },
  {
    operation: "POST /api/scripts",
    auth: "admin",
    status: 201,
    errors: [400, 401, 403],
    given: () => ({ body: { ...content, description: null, cronSchedule: "TZ=Europe/Paris 0 9 * * 1" } }),
    refused: () => [{ body: {}, details: ["name", "code"] }, ...wrongContent],
  },
  { operation: "GET /api/scripts/{id}", ...one },
  {
    operation: "PUT /api/scripts/{id}",
    ...changing,
    given: async (world) => ({ ...(await script(world)), body: { enabled: false, cronSchedule: "*/5 * * * *" } }),
    refused: () => wrongContent,
  },
  { operation: "DELETE /api/scripts/{id}", ...changing },
  {
    operation: "POST /api/scripts/{id}/run",
    ...changing,
    given: async (world) => ({ ...(await script(world)), body: { input: { since: "2026-01-01" } } }),
    refused: () => [{ body: { input: "x".repeat(70_000) }, details: ["input"] }],
  },
  {
    operation: "GET /api/scripts/{id}/runs",
    ...one,
    errors: [400, 401, 403, 404],
    given: async (world) => {
      const { id } = (await waitingRun(world)).parameters;
      return { parameters: { id } };
    },
    refused: () => [{ query: { limit: "x" }, details: ["limit"] }],
  },
  { operation: "GET /api/scripts/{id}/runs/{runId}", ...one, given: waitingRun },
  { operation: "POST /api/scripts/{id}/runs/{runId}/stop", ...changing, given: waitingRun },
];
