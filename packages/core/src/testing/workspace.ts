import { USUAL_SAFETY_LIMITS } from "@hustings/contracts/campaign-safety";
import type { Role } from "@hustings/contracts/roles";
import type { Database } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import { createLogger } from "@hustings/logger/logger";
import type { CoreContext, Principal, PrincipalContext, Settings, WorkspaceContext, WorkspaceId } from "../context";
import { openWorkspace } from "../workspaces/access";
import { createRecordingMail, type RecordingMail } from "./recording-mail";

/** A core context whose mail is recorded instead of sent. */
export type TestCoreContext = CoreContext & { ports: { mail: RecordingMail } };

/** No way into the dashboard is open, every secret is set, nothing is real. */
export const testSettings: Settings = {
  emailMode: "sandbox",
  appUrl: "http://localhost:3000",
  senderDomain: null,
  safetyLimits: USUAL_SAFETY_LIMITS,
  unsubscribeSecrets: ["test-unsubscribe-secret-0123456789abcdef"],
  mailersendWebhookSecrets: ["test-webhook-secret-0123456789abcdef"],
  tallyWebhookSecrets: ["test-signing-secret-tally"],
  apiKeySecret: "test-api-key-secret-0123456789abcdef",
  scriptWaitMs: 0,
  signIn: { isGoogle: false, isLocal: true },
};

/** What core functions without a workspace take. The same database may have many; each records its own mail. */
export function testCoreContext(database: Database, settings: Partial<Settings> = {}): TestCoreContext {
  return {
    db: database.prisma,
    pool: database.pool,
    ports: { mail: createRecordingMail(), now: () => new Date() },
    settings: { ...testSettings, ...settings },
    logger: createLogger({ name: "test", level: "silent", pretty: false }),
    requestId: "test",
  };
}

export type TestUser = { id: string; email: string; name: string };

export type TestPersonOptions = {
  /** Role of the membership, `admin` unless set; null: no membership. */
  role?: Role | null;
  /** `member` unless set; `admin` makes a global admin. */
  installationRole?: Role;
};

/** Makes an active user, without a membership anywhere. */
export async function createTestUser(database: Database, installationRole: Role = "member"): Promise<TestUser> {
  const id = newId();
  const user = { id, email: `user-${id}@example.org`, name: `User ${id.slice(-6)}` };
  await database.prisma.user.create({ data: { ...user, role: installationRole } });
  return user;
}

/** The context of a signed-in user without a workspace. */
export function principalContext(
  core: CoreContext,
  user: TestUser,
  installationRole: Role = "member",
): PrincipalContext {
  const principal: Principal = {
    userId: user.id,
    name: user.name,
    email: user.email,
    installationRole,
    via: { kind: "session" },
  };
  return { ...core, principal };
}

/**
 * Makes a workspace of its own and somebody in it, let in as a request would be. Fresh ids: tests that share a
 * database do not meet. `global`: the installation's one global workspace, made when missing.
 */
export async function createTestWorkspace(
  database: Database,
  options: TestPersonOptions & { global?: boolean; core?: CoreContext } = {},
): Promise<{ ctx: WorkspaceContext; workspaceId: WorkspaceId; user: TestUser }> {
  const id = newId();
  const known = options.global ? await database.prisma.workspace.findFirst({ where: { isGlobal: true } }) : null;
  const workspace =
    known ??
    (await database.prisma.workspace.create({
      data: { id, name: `Workspace ${id.slice(-6)}`, slug: `w-${id}`, isGlobal: options.global ?? false },
    }));
  return joinTestWorkspace(database, workspace.id, options);
}

/** Makes another user with a role in a workspace that exists. */
export async function joinTestWorkspace(
  database: Database,
  workspaceId: string,
  {
    role = "admin",
    installationRole = "member",
    core = testCoreContext(database),
  }: TestPersonOptions & { core?: CoreContext } = {},
): Promise<{ ctx: WorkspaceContext; workspaceId: WorkspaceId; user: TestUser }> {
  const user = await createTestUser(database, installationRole);
  if (role !== null) await database.prisma.membership.create({ data: { workspaceId, userId: user.id, role } });
  const ctx = await openWorkspace(principalContext(core, user, installationRole), workspaceId);
  return { ctx, workspaceId: ctx.workspaceId, user };
}
