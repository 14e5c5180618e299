import { createCampaign } from "@hustings/core/campaigns/commands";
import { createTestUser, createTestWorkspace } from "@hustings/core/testing/workspace";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { ensureSchema } from "@hustings/job-engine/schema";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createKey } from "./conformance/world";
import { type RunningServer, startServerForTests } from "./testing/start-server";

let database: TestDatabase;
let key: string;
let workspace: Awaited<ReturnType<typeof createTestWorkspace>>;
const servers: RunningServer[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  workspace = await createTestWorkspace(database);
  key = await createKey(database, await createTestUser(database, "admin"), workspace.workspaceId);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await database.drop();
});

async function start(env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServerForTests(database, { env });
  servers.push(server);
  return server;
}

it("asks for patience while no worker has made the engine's tables", async () => {
  const server = await start();
  const answer = await server.send("GET", "/api/jobs/runs", { key });
  expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "5"]);
  expect(answer.json<{ error: string }>().error).toContain("Start the worker");
});

it("names what runs are about, and writes down in one entry what was done to many", async () => {
  await ensureSchema(database.pool);
  const server = await start();
  const campaign = await createCampaign(workspace.ctx, { name: "Spring news", subject: "Hi", body: "" });
  const event = { id: "e", name: "campaign/batch.queued", data: { campaignId: campaign.id, batchNo: 1 }, ts: 0 };
  await database.pool.query(
    `insert into jobs.run (id, function_id, event_name, events)
     select '01JDB7' || lpad(n::text, 20, '0'), 'hustings-campaign-batch', 'campaign/batch.queued', $1 from generate_series(1, 1001) n`,
    [JSON.stringify([event])],
  );
  const list = await server.send("GET", "/api/jobs/runs?status=waiting&limit=1", { key });
  expect(list.json()).toEqual({
    runs: [
      expect.objectContaining({
        title: "Batch 2 of “Spring news”",
        status: "waiting",
        wait: { for: "turn", until: null },
      }),
    ],
    nextCursor: "01JDB700000000000000001001",
  });
  const cancel = async () =>
    (await server.send("POST", "/api/jobs/runs/cancel", { key, body: { matching: { status: "waiting" } } })).json();
  expect(await cancel()).toEqual({ affected: 1000, isMore: true });
  expect(await cancel()).toEqual({ affected: 1, isMore: false });
  expect(await cancel()).toEqual({ affected: 0, isMore: false });
  const entries = await database.prisma.auditEntry.findMany({
    where: { action: "jobs.cancel" },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ details }) => (details as { count: number }).count)).toEqual([1000, 1]);
});

it("leads to the Inngest server's console, and shows what the app knows, where such a server runs the jobs", async () => {
  const consoleUrl = "https://inngest.example.org/runs";
  const server = await start({ JOBS_ENGINE: "inngest", INNGEST_CONSOLE_URL: consoleUrl });
  const overview = await server.send("GET", "/api/jobs/overview", { key });
  expect(overview.json()).toMatchObject({ engine: "inngest", consoleUrl, runs: null, outbox: { waiting: 0 } });
  expect((await server.send("GET", "/api/jobs/runs", { key })).status).toBe(404);
});
