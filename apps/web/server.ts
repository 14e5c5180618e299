import { existsSync } from "node:fs";
import path from "node:path";
import { registerAuth } from "@hustings/auth/configuration";
import { type AuthEnv, pinNextAuthUrl, readAuthEnv } from "@hustings/auth/env";
import { DEMO_EMAIL_DOMAIN } from "@hustings/core/users/session";
import { admitVisitor, findUserForSignIn, recordSignIn } from "@hustings/core/users/sign-in";
import { newId } from "@hustings/db/ids";
import { listPendingMigrations, readMigrations } from "@hustings/db/migrate";
import { env as logEnv } from "@hustings/logger/env";
import { createLogger } from "@hustings/logger/logger";
import next from "next";
import { type Composition, compose, toGoogle } from "./src/server/composition";
import { findUnsafeSettings, readWebEnv, type WebEnv } from "./src/server/env";
import { createPorts } from "./src/server/ports";
import { createWebServer } from "./src/server/web-server";

/** For running requests to end after SIGTERM; supervisors usually kill after 30 s. */
const DRAIN_MS = 10_000;

const logger = createLogger({ name: "web", level: logEnv.LOG_LEVEL, pretty: logEnv.LOG_FORMAT === "pretty" });

start().catch((error: unknown) => {
  // One sentence for whoever starts it; where it came from, LOG_LEVEL=debug tells.
  logger.fatal(error instanceof Error ? error.message : "web could not start");
  logger.debug({ err: error }, "start failed");
  process.exit(1);
});

async function start(): Promise<void> {
  const env = readWebEnv();
  const auth = readAuthEnv();
  const problems = findUnsafeSettings(env, auth.NEXTAUTH_SECRET);
  if (problems.length > 0) throw new Error(problems.join(". "));
  pinNextAuthUrl(env.APP_URL);

  const migrations = readMigrations(path.join(findAbove("prisma/migrations"), "prisma/migrations"));
  const composition = compose({
    env,
    auth,
    logger,
    createPorts: (database) => createPorts(env, database),
    listPendingMigrations: () => listPendingMigrations(env.DATABASE_URL, migrations),
  });
  registerSignIn(composition, env, auth);
  const app = next({
    dev: env.NODE_ENV === "development",
    dir: findAbove("next.config.ts"),
    hostname: env.HOST,
    port: env.PORT,
  });
  const answer = app.getRequestHandler();
  const web = createWebServer({ env, auth, composition, answerNext: (req, res) => answer(req, res) });
  await app.prepare();
  const { port } = await web.listen();
  logger.info({ port, host: env.HOST, emailMode: env.EMAIL_MODE }, `ready on ${env.APP_URL}`);

  const stop = async (signal: string) => {
    logger.info({ signal }, "stopping");
    await web.drain(DRAIN_MS);
    await app.close();
    await composition.close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      stop(signal).catch((error: unknown) => {
        logger.fatal({ err: error }, "could not stop in order");
        process.exit(1);
      });
    });
}

/** Hands NextAuth, which runs in Next's bundle without core and database, what it needs of them. */
function registerSignIn({ core, logger }: Composition, env: WebEnv, auth: AuthEnv): void {
  const rules = { allowed: auth.SIGN_IN_ALLOWED, bootstrapAdmin: auth.BOOTSTRAP_ADMIN_EMAIL ?? null };
  registerAuth({
    secret: auth.NEXTAUTH_SECRET,
    appUrl: env.APP_URL,
    google: toGoogle(auth),
    isLocalSignInOn: auth.LOCAL_SIGN_IN,
    admit: (visitor) => admitVisitor({ ...core, logger, requestId: newId() }, rules, visitor),
    findUser: (email) => findUserForSignIn(core, email),
    recordSignIn: (userId, image) => recordSignIn(core, userId, image),
    warn: (code, reason) => logger.warn({ code, reason }, "a sign-in did not come about"),
    isDemoAddress: (email) => email.endsWith(`@${DEMO_EMAIL_DOMAIN}`),
  });
}

/** The nearest directory above that holds a file: the same from the sources and from the production bundle. */
function findAbove(name: string): string {
  for (let directory = import.meta.dirname; ; directory = path.dirname(directory)) {
    if (existsSync(path.join(directory, name))) return directory;
    if (directory === path.dirname(directory)) throw new Error(`${name} is missing: is the project complete?`);
  }
}
