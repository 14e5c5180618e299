import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CoreContext, WorkspaceContext } from "@hustings/core/context";
import { createSandboxTransport } from "@hustings/core/sandbox/sandbox-transport";
import { createTestWorkspace, testSettings } from "@hustings/core/testing/workspace";
import { createDatabase, type Database } from "@hustings/db/client";
import { type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from "@hustings/db/embedded";
import { applyMigrations, readMigrations } from "@hustings/db/migrate";
import { createLogger } from "@hustings/logger/logger";
import { insertPeople } from "./people";

const MIGRATIONS = path.join(import.meta.dirname, "../../prisma/migrations");
/** Every query on one core, as the targets were measured: else a scan would be quicker for want of other work. */
const SESSION = "-c max_parallel_workers_per_gather=0";
/** What the list of many contacts is compared with. */
const FEW_CONTACTS = 10_000;

/** One database with contacts in it, and an administrator of the workspace that has most of them. */
export type Site = { database: Database; ctx: WorkspaceContext; contacts: number };

/** What the groups of measures run on. */
export type Installation = {
  large: Site;
  /** The same with at most 10,000 contacts. */
  small: Site;
  /** Makes an empty database beside the two. @returns its address. */
  createEmptyDatabase: (name: string) => Promise<string>;
  postgresVersion: string;
  close: () => Promise<void>;
};

/** Starts a Postgres of its own in a temporary directory, durable as the product's, and fills it. */
export async function openInstallation(contacts: number): Promise<Installation> {
  const directory = mkdtempSync(path.join(tmpdir(), "hustings-bench-"));
  const removeDirectory = () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  process.once("exit", removeDirectory);
  const databases: Database[] = [];
  let server: EmbeddedPostgres | undefined;
  const close = async () => {
    for (const database of databases) await database.close();
    await server?.stop();
    removeDirectory();
    process.off("exit", removeDirectory);
  };
  try {
    const postgres = await startEmbeddedPostgres({ directory });
    server = postgres;
    const large = await makeSite(postgres, "large", contacts, databases);
    const small = await makeSite(postgres, "small", Math.min(contacts, FEW_CONTACTS), databases);
    const [row] = (await large.database.pool.query<{ server_version: string }>("show server_version")).rows;
    const createEmptyDatabase = (name: string) => ensureDatabase(postgres, name);
    return { large, small, createEmptyDatabase, postgresVersion: row?.server_version ?? "", close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeSite(server: EmbeddedPostgres, name: string, contacts: number, opened: Database[]): Promise<Site> {
  const url = await ensureDatabase(server, name);
  await applyMigrations(url, readMigrations(MIGRATIONS));
  const database = createDatabase(`${url}?options=${encodeURIComponent(SESSION)}`, {
    maxConnections: 10,
    statementTimeoutMs: 0,
    applicationName: "bench",
  });
  opened.push(database);
  const core = coreContext(database);
  const { ctx } = await createTestWorkspace(database, { core });
  const { ctx: neighbour } = await createTestWorkspace(database, { core });
  await insertPeople(ctx, neighbour, contacts);
  return { database, ctx, contacts };
}

/** As the worker of a sandbox has it. */
const coreContext = (database: Database): CoreContext => ({
  db: database.prisma,
  pool: database.pool,
  ports: { mail: createSandboxTransport(database.prisma), now: () => new Date() },
  settings: testSettings,
  logger: createLogger({ name: "bench", level: "silent", pretty: false }),
  requestId: "bench",
});
