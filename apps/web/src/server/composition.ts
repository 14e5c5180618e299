import type { GoogleClient } from "@hustings/auth/configuration";
import type { AuthEnv } from "@hustings/auth/env";
import type { CoreContext, Ports, Settings } from "@hustings/core/context";
import { createDatabase, type Database } from "@hustings/db/client";
import type { Logger } from "@hustings/logger/logger";
import type { WebEnv } from "./env";

/** Everything that requests share; made once at the start, by tests with a database and ports of their own. */
export type Composition = {
  core: Omit<CoreContext, "requestId" | "logger">;
  logger: Logger;
  /** Names of migrations that the code expects and the database lacks. */
  listPendingMigrations: () => Promise<readonly string[]>;
  close: () => Promise<void>;
};

export type CompositionParts = {
  env: WebEnv;
  auth: AuthEnv;
  logger: Logger;
  createPorts: (database: Database) => Ports;
  listPendingMigrations: () => Promise<readonly string[]>;
};

/** Opens the database and puts the parts of the product together. */
export function compose({ env, auth, logger, createPorts, listPendingMigrations }: CompositionParts): Composition {
  const database = createDatabase(env.DATABASE_URL, {
    maxConnections: env.DATABASE_POOL_SIZE,
    applicationName: "hustings-web",
  });
  return {
    core: {
      db: database.prisma,
      pool: database.pool,
      ports: createPorts(database),
      settings: toSettings(env, auth),
    },
    logger,
    listPendingMigrations,
    close: database.close,
  };
}

function toSettings(env: WebEnv, auth: AuthEnv): Settings {
  return {
    emailMode: env.EMAIL_MODE,
    appUrl: env.APP_URL,
    senderDomain: env.liveMail?.senderDomain ?? null,
    safetyLimits: env.safetyLimits,
    unsubscribeSecrets: env.UNSUBSCRIBE_SECRET,
    mailersendWebhookSecrets: env.MAILERSEND_WEBHOOK_SIGNING_SECRET,
    tallyWebhookSecrets: env.TALLY_WEBHOOK_SIGNING_SECRET,
    apiKeySecret: env.API_KEY_SECRET,
    scriptWaitMs: env.scriptWaitMs,
    scriptQueue: env.scriptQueue,
    signIn: {
      isGoogle: toGoogle(auth) !== null,
      isLocal: auth.LOCAL_SIGN_IN,
      contact: auth.SIGN_IN_CONTACT ?? null,
    },
  };
}

/** Google's half of the sign-in, where it is configured. */
export function toGoogle(auth: AuthEnv): GoogleClient | null {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret, GOOGLE_ISSUER: issuer } = auth;
  return clientId && clientSecret ? { clientId, clientSecret, ...(issuer ? { issuer } : {}) } : null;
}
