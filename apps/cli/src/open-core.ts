import { USUAL_SAFETY_LIMITS } from "@hustings/contracts/campaign-safety";
import type { CoreContext, PrincipalContext } from "@hustings/core/context";
import { createSandboxTransport } from "@hustings/core/sandbox/sandbox-transport";
import { asSystem } from "@hustings/core/users/as-system";
import { createDatabase } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import { env as logEnv } from "@hustings/logger/env";
import { createLogger } from "@hustings/logger/logger";
import { CliError } from "./cli-error";
import type { CliEnv } from "./env";

/** Stands in the audit for what the operator does. */
const OPERATOR = "command line";

/** Runs one command on the database, beside an app that runs or not. @throws CliError without DATABASE_URL */
export async function withCore<T>(env: CliEnv, work: (ctx: PrincipalContext) => Promise<T>): Promise<T> {
  const database = createDatabase(requireDatabaseUrl(env), { maxConnections: 3, applicationName: "hustings-cli" });
  const core: CoreContext = {
    db: database.prisma,
    pool: database.pool,
    ports: { mail: createSandboxTransport(database.prisma), now: () => new Date() },
    settings: toSettings(env),
    logger: createLogger({ name: "cli", level: logEnv.LOG_LEVEL, pretty: logEnv.LOG_FORMAT === "pretty" }),
    requestId: newId(),
  };
  try {
    return await work(asSystem(core, OPERATOR));
  } finally {
    await database.close();
  }
}

export function requireDatabaseUrl({ DATABASE_URL }: CliEnv): string {
  if (!DATABASE_URL) throw new CliError("No database: start Hustings first (npm start), or set DATABASE_URL.");
  return DATABASE_URL;
}

const toSettings = (env: CliEnv): CoreContext["settings"] => ({
  // The demo's campaign is caught, whatever EMAIL_MODE says; no other command sends.
  emailMode: "sandbox",
  senderDomain: null,
  appUrl: env.APP_URL,
  // No command sends what could have to be stopped.
  safetyLimits: USUAL_SAFETY_LIMITS,
  unsubscribeSecrets: env.UNSUBSCRIBE_SECRET,
  mailersendWebhookSecrets: env.MAILERSEND_WEBHOOK_SIGNING_SECRET,
  apiKeySecret: env.API_KEY_SECRET ?? "",
  scriptWaitMs: 0,
  signIn: { isGoogle: Boolean(env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET), isLocal: env.LOCAL_SIGN_IN },
});
