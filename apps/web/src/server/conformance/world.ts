import type { WorkspaceContext } from "@hustings/core/context";
import {
  createTestUser,
  createTestWorkspace,
  joinTestWorkspace,
  type TestUser,
  testCoreContext,
  testSettings,
} from "@hustings/core/testing/workspace";
import { hashApiKey, makeApiKey } from "@hustings/crypto/api-key";
import type { Database } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import { type RunningServer, startServerForTests } from "../testing/start-server";

export type Side = {
  workspaceId: string;
  /** An admin of the workspace, as core functions take it: for making records. */
  ctx: WorkspaceContext;
  /** Raw API keys, one of a person of each role. */
  keys: { viewer: string; member: string; admin: string };
};

/** Two workspaces that must never meet, people of every kind, and the real server in front of them. */
export type World = {
  server: RunningServer;
  database: Database;
  /** Where the examples of the table live. */
  a: Side;
  b: Side;
  /** Key of a global admin, made in workspace A. */
  globalAdminKey: string;
  /** Key of a person without any membership. */
  outsiderKey: string;
  close: () => Promise<void>;
};

/** Starts the server on a clone of the test database. */
export async function createWorld(database: Database): Promise<World> {
  const now = new Date();
  await database.prisma.workerHeartbeat.create({
    data: { name: `test-${newId()}`, startedAt: now, seenAt: new Date(now.getTime() + 3_600_000) },
  });
  const a = await createSide(database);
  const b = await createSide(database);
  const globalAdmin = await createTestUser(database, "admin");
  const outsider = await createTestUser(database);
  const server = await startServerForTests(database);
  return {
    server,
    database,
    a,
    b,
    globalAdminKey: await createKey(database, globalAdmin, a.workspaceId),
    outsiderKey: await createKey(database, outsider, b.workspaceId),
    close: server.close,
  };
}

/** A workspace with a person of each role, and an API key of each. */
export async function createSide(database: Database): Promise<Side> {
  const core = testCoreContext(database);
  const admin = await createTestWorkspace(database, { role: "admin", core });
  const { workspaceId, ctx } = admin;
  const member = await joinTestWorkspace(database, workspaceId, { role: "member" });
  const viewer = await joinTestWorkspace(database, workspaceId, { role: "viewer" });
  const [adminKey, memberKey, viewerKey] = await Promise.all(
    [admin, member, viewer].map(({ user }) => createKey(database, user, workspaceId)),
  );
  return {
    workspaceId,
    ctx,
    keys: { admin: adminKey as string, member: memberKey as string, viewer: viewerKey as string },
  };
}

/** Makes an API key of a person, and returns it raw. */
export async function createKey(database: Database, user: TestUser, workspaceId: string): Promise<string> {
  const { rawKey, keyPrefix } = makeApiKey();
  await database.prisma.apiKey.create({
    data: {
      workspaceId,
      userId: user.id,
      name: "for tests",
      keyPrefix,
      keyHash: hashApiKey(testSettings.apiKeySecret, rawKey),
      lastUsedAt: new Date(),
    },
  });
  return rawKey;
}
