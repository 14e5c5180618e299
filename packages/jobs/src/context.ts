import type { CoreContext, WorkspaceContext } from "@hustings/core/context";
import { createLiveTransport } from "@hustings/core/mail/live-transport";
import { createSandboxTransport } from "@hustings/core/sandbox/sandbox-transport";
import type { ScriptsPort } from "@hustings/core/scripts/port";
import { openWorkspaceAsSystem } from "@hustings/core/workspaces/access";
import { createDatabase, type Database } from "@hustings/db/client";
import { createGmail } from "@hustings/google/gmail";
import type { Logger } from "@hustings/logger/logger";
import type { JobsEnv } from "./env";

let shared: CoreContext | undefined;

/**
 * Puts together what jobs work with and fills the ports, once per process, before the first function is called.
 *
 * @param scripts runs scripts by the procedures of the API, which jobs do not know; the worker brings it along.
 * @returns the database, to be closed at the end.
 */
export function composeJobs(env: JobsEnv, logger: Logger, scripts?: ScriptsPort): Database {
  // A batch holds one connection for its lock and works on others; bulk statements may take minutes.
  const database = createDatabase(env.DATABASE_URL, {
    maxConnections: env.WORKER_CONCURRENCY * 2 + 4,
    statementTimeoutMs: 0,
    applicationName: "hustings-worker",
  });
  shared = {
    db: database.prisma,
    pool: database.pool,
    ports: {
      mail: env.liveMail ? createLiveTransport(database.prisma, env.liveMail) : createSandboxTransport(database.prisma),
      now: () => new Date(),
      ...(env.gmail ? { gmail: createGmail(env.gmail) } : {}),
      ...(scripts ? { scripts } : {}),
    },
    settings: {
      emailMode: env.EMAIL_MODE,
      appUrl: env.APP_URL,
      senderDomain: env.liveMail?.senderDomain ?? null,
      safetyLimits: env.safetyLimits,
      unsubscribeSecrets: env.UNSUBSCRIBE_SECRET,
      mailersendWebhookSecrets: env.MAILERSEND_WEBHOOK_SIGNING_SECRET,
      apiKeySecret: env.API_KEY_SECRET,
      scriptWaitMs: 0,
      signIn: { isGoogle: false, isLocal: false },
    },
    logger,
    requestId: "job",
  };
  return database;
}

/** The context of a job that belongs to the installation. */
export function jobContext(): CoreContext {
  if (!shared) throw new Error("composeJobs has not been called");
  return shared;
}

/** The context of a job in a workspace. @throws DomainError `not_found` when the workspace is gone. */
export const openJobWorkspace = (workspaceId: string, job: string): Promise<WorkspaceContext> =>
  openWorkspaceAsSystem(jobContext(), workspaceId, job);
