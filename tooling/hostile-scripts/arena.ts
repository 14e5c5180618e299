import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Script, ScriptRun } from "@hustings/contracts/scripts";
import { createApiKey } from "@hustings/core/api-keys/commands";
import { createContact } from "@hustings/core/contacts/create-contact";
import type { WorkspaceContext } from "@hustings/core/context";
import { createTag } from "@hustings/core/tags/commands";
import { createTestWorkspace, testCoreContext } from "@hustings/core/testing/workspace";
import { findFreePort } from "@hustings/db/free-port";
import { createTestDatabase } from "@hustings/db/test-database";
import { startServerForTests, TEST_SESSION_SECRET } from "../../apps/web/src/server/testing/start-server";
import { createWorkerProcess, type WorkerProcess, workerSecrets } from "../../apps/worker/src/testing/worker-process";
import type { Bait } from "./hostile-script";

const LOOK_MS = 500;

/** A workspace from which scripts are run, as whoever holds its key. */
export type Camp = { ctx: WorkspaceContext; key: string };

export type Probe = { url: string; isUp: boolean; tookMs: number };

export type HostileArena = {
  hostile: Camp;
  good: Camp;
  worker: WorkerProcess;
  bait: Bait;
  /** Nobody may ever read one of these in a run. */
  secrets: readonly string[];
  /** Writes a script over REST. @returns its id. */
  write: (camp: Camp, code: string) => Promise<string>;
  /** Runs a script over REST, and waits for its end. */
  run: (camp: Camp, id: string, input: unknown) => Promise<ScriptRun>;
  /** What web's health, readiness and list of contacts, and the worker's port, answer, and after how long. */
  probe: () => Promise<Probe[]>;
  /** What somebody else's workspace holds. */
  digestTheirs: () => Promise<string>;
  /** Who called the server that listens, and whether the file was written that must not be. */
  damage: () => { connections: number; isMarked: boolean };
  close: () => Promise<void>;
};

/**
 * Web's real server in this process, and a real worker, on a database with three workspaces: one of somebody hostile,
 * who is a global admin, one of somebody good, and one of somebody else that must never be seen.
 */
export async function openHostileArena(settings: Record<string, string>, scriptWaitMs: number): Promise<HostileArena> {
  const database = await createTestDatabase();
  const workerPort = await findFreePort();
  const planted = { SECRET_OF_THE_HOUSE: "planted-in-the-environment-4a1f" };
  Object.assign(process.env, planted);
  const worker = await createWorkerProcess(database.url, { ...settings, WORKER_PORT: String(workerPort) });
  await worker.start();
  const web = await startServerForTests(database, { settings: { scriptWaitMs, scriptQueue: 100 } });

  const directory = mkdtempSync(path.join(tmpdir(), "hustings-bait-"));
  chmodSync(directory, 0o777);
  const file = path.join(directory, "secret");
  writeFileSync(file, "planted-in-a-file-9c2e", { mode: 0o644 });
  const mark = path.join(directory, "mark");
  let connections = 0;
  const listener = createServer((socket) => {
    connections++;
    socket.end();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));

  const openCamp = async (installationRole: "admin" | "member"): Promise<Camp> => {
    const { ctx } = await createTestWorkspace(database, { installationRole, core: testCoreContext(database) });
    return { ctx, key: (await createApiKey(ctx, { name: "Scripts" })).rawKey };
  };
  const [hostile, good, { ctx: other }] = await Promise.all([
    openCamp("admin"),
    openCamp("member"),
    createTestWorkspace(database),
  ]);
  const own = await createContact(hostile.ctx, { email: "own@hostile.example", customFields: {} });
  const email = "planted-person-7d3b@elsewhere.example";
  const theirs = await createContact(other, { email, firstName: "Theirs", customFields: {} });
  const tag = await createTag(other, { name: "theirs" });

  const ask = (camp: Camp, method: string, route: string, body?: unknown): Promise<Response> =>
    fetch(`${web.url}/api${route}`, {
      method,
      headers: { authorization: `Bearer ${camp.key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  /** As a patient client: a busy server says 503, and asks to be asked again. */
  const call = async <Body>(camp: Camp, method: string, route: string, body?: unknown): Promise<Body> => {
    let answer = await ask(camp, method, route, body);
    for (; answer.status === 503; answer = await ask(camp, method, route, body)) await sleep(LOOK_MS);
    if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  /** Every script is run once: one that waits or runs although the answer was 503 is not begun again. */
  const begin = async (camp: Camp, id: string, input: unknown): Promise<ScriptRun> => {
    const answer = await ask(camp, "POST", `/scripts/${id}/run`, { input });
    if (answer.ok) return (await answer.json()) as ScriptRun;
    if (answer.status !== 503) throw new Error(`${answer.status} ${await answer.text()}`);
    await sleep(LOOK_MS);
    const [begun] = await call<ScriptRun[]>(camp, "GET", `/scripts/${id}/runs?limit=1`);
    return begun ?? begin(camp, id, input);
  };
  const answersAfter = async (url: string, isUp: (status: number) => boolean, key = "") => {
    const sinceMs = performance.now();
    const { status } = await fetch(url, { headers: key ? { authorization: `Bearer ${key}` } : {} });
    return { url, isUp: isUp(status), tookMs: Math.round(performance.now() - sinceMs) };
  };
  const isOk = (status: number) => status === 200;
  return {
    hostile,
    good,
    worker,
    bait: {
      own: own.id,
      theirs: theirs.id,
      tag: tag.id,
      workspace: other.workspaceId,
      file,
      mark,
      port: (listener.address() as AddressInfo).port,
    },
    secrets: [
      ...Object.values(planted),
      ...Object.values(workerSecrets),
      TEST_SESSION_SECRET,
      new URL(database.url).password,
      "planted-in-a-file-9c2e",
      email,
      hostile.key,
      good.key,
    ],
    write: async (camp, code) => (await call<Script>(camp, "POST", "/scripts", { name: "A script", code })).id,
    run: async (camp, id, input) => {
      let run = await begin(camp, id, input);
      while (run.finishedAt === null) {
        await sleep(LOOK_MS);
        run = await call<ScriptRun>(camp, "GET", `/scripts/${id}/runs/${run.id}`);
      }
      return run;
    },
    probe: () =>
      Promise.all([
        answersAfter(`${web.url}/api/health`, isOk),
        answersAfter(`${web.url}/api/ready`, isOk),
        answersAfter(`${web.url}/api/contacts?pageSize=1`, isOk, good.key),
        // The engine's port knows no such path, and says so.
        answersAfter(`http://127.0.0.1:${workerPort}/`, (status) => status === 404),
      ]),
    digestTheirs: () => digestWorkspace(database, other.workspaceId),
    damage: () => ({ connections, isMarked: existsSync(mark) }),
    close: async () => {
      await worker.stop();
      await web.close();
      await new Promise((resolve) => listener.close(resolve));
      rmSync(directory, { recursive: true });
      for (const name of Object.keys(planted)) delete process.env[name];
      await database.drop();
    },
  };
}

/** Every row of a workspace, and its people. */
async function digestWorkspace(
  { pool }: Pick<Awaited<ReturnType<typeof createTestDatabase>>, "pool">,
  workspaceId: string,
): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns join pg_tables on tablename = table_name
     where table_schema = 'public' and schemaname = 'public' and column_name = 'workspace_id' order by 1`,
  );
  const ofTables = tables.map(
    ({ name }) => `select '${name}', to_jsonb(t)::text from "${name}" t where workspace_id = $1`,
  );
  const { rows } = await pool.query<{ digest: string }>(
    `select md5(string_agg(place || row, '' order by place, row)) as digest from (
       select 'contacts', to_jsonb(c)::text from contacts c where $1 = any(workspace_ids)
       union all ${ofTables.join(" union all ")}) all_rows(place, row)`,
    [workspaceId],
  );
  return rows[0]?.digest ?? "";
}
