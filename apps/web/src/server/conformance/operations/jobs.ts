import { ensureSchema } from "@hustings/job-engine/schema";
import type { Refusal, Row, Rows } from "../row";
import type { World } from "../world";

const FUNCTION_ID = "hustings-example";
const STEP_ID = "0123456789abcdef0123456789abcdef01234567";
const prepared = new WeakMap<World["database"], Promise<void>>();
let serial = 0;

/** The engine's tables with one function, as a worker leaves them. */
function prepare(world: World): Promise<void> {
  const { pool } = world.database;
  const known = prepared.get(world.database);
  if (known) return known;
  const work = ensureSchema(pool).then(async () => {
    const declaration = { id: FUNCTION_ID, name: "example", triggers: [{ event: "t/example" }], concurrency: 2 };
    await pool.query("insert into jobs.function (id, declaration) values ($1, $2)", [
      FUNCTION_ID,
      JSON.stringify(declaration),
    ]);
  });
  prepared.set(world.database, work);
  return work;
}

/** A run of the function, ended or live. */
async function makeRun(world: World, status: "queued" | "failed"): Promise<string> {
  await prepare(world);
  const id = `01JDB7${String(++serial).padStart(20, "0")}`;
  const event = { id: `event-${serial}`, name: "t/example", data: {}, ts: 1_764_000_000_000 };
  await world.database.pool.query(
    `insert into jobs.run (id, function_id, event_name, events, status, error, ended_at)
     values ($1, $2, $3, $4, $5, $6, case when $5 = 'failed' then now() end)`,
    [id, FUNCTION_ID, event.name, JSON.stringify([event]), status, JSON.stringify({ name: "Error", message: "no" })],
  );
  await world.database.pool.query(
    `insert into jobs.step (run_id, id, name, op, status, output, settled_no) values ($1, $2, 'work', 'StepRun', 'done', '1', 1)`,
    [id, STEP_ID],
  );
  return id;
}

const shared = { auth: "globalAdmin", status: 200 } as const satisfies Partial<Row>;
const errors = [400, 401, 403, 404];
const wrongSelections = (): Refusal[] => [
  { body: {}, details: ["runIds"] },
  { body: { runIds: ["1"], matching: {} }, details: ["runIds"] },
  { body: { matching: { status: "lost", since: "soon", workspaceId: "1" } }, details: ["matching"] },
];

export const jobRows: Rows = [
  {
    ...shared,
    operation: "GET /api/jobs/overview",
    errors: [401, 403],
    given: async (world) => {
      await prepare(world);
      return {};
    },
  },
  {
    ...shared,
    operation: "GET /api/jobs/runs",
    errors,
    given: async (world) => ({ query: { search: await makeRun(world, "failed"), status: "failed" } }),
    refused: () => [
      {
        query: { status: "lost", since: "soon", limit: "0", cursor: "x".repeat(50) },
        details: ["status", "since", "limit", "cursor"],
      },
    ],
  },
  {
    ...shared,
    operation: "GET /api/jobs/runs/{id}",
    errors: [401, 403, 404],
    given: async (world) => ({ parameters: { id: await makeRun(world, "failed") } }),
  },
  {
    ...shared,
    operation: "POST /api/jobs/runs/cancel",
    errors,
    given: async (world) => ({ body: { runIds: [await makeRun(world, "queued")] } }),
    refused: wrongSelections,
  },
  {
    ...shared,
    operation: "POST /api/jobs/runs/rerun",
    errors,
    given: async (world) => ({ body: { runIds: [await makeRun(world, "failed")] } }),
    refused: wrongSelections,
  },
  {
    ...shared,
    operation: "POST /api/jobs/runs/{id}/steps/{stepId}/rerun",
    errors,
    given: async (world) => ({
      parameters: { id: await makeRun(world, "failed"), stepId: STEP_ID },
      body: { input: ["other"] },
    }),
    refused: () => [{ body: { input: "none" }, details: ["input"] }],
  },
  {
    ...shared,
    operation: "GET /api/jobs/events",
    errors,
    given: async (world) => {
      await prepare(world);
      return { query: { name: "t/example" } };
    },
    refused: () => [{ query: { limit: "201" }, details: ["limit"] }],
  },
  {
    ...shared,
    operation: "GET /api/jobs/functions",
    errors: [401, 403, 404],
    given: async (world) => {
      await prepare(world);
      return {};
    },
  },
  {
    ...shared,
    operation: "POST /api/jobs/functions/{id}/pause",
    errors,
    given: async (world) => {
      await prepare(world);
      await world.database.pool.query("delete from jobs.pause");
      return { parameters: { id: FUNCTION_ID } };
    },
  },
  {
    ...shared,
    operation: "POST /api/jobs/functions/{id}/resume",
    errors,
    given: async (world) => {
      await prepare(world);
      await world.database.pool.query("insert into jobs.pause values ($1) on conflict do nothing", [FUNCTION_ID]);
      return { parameters: { id: FUNCTION_ID } };
    },
  },
];
