import { existsSync } from "node:fs";
import { bundles } from "../build";
import { isEmptyDatabase } from "../database";
import { withoutEmpty } from "../local-environment";
import { runStep } from "../progress";
import { runInstance } from "../run-instance";
import { runQuietly } from "../run-program";
import { secretNames } from "../secrets";
import { followParent, nodeCommand, steadyHeap } from "../service-command";
import { readSettings, type Settings } from "../settings";
import { UserError } from "../user-error";

/** `npm run serve`: what `npm run build` built, with a database and secrets of the operator's. */
export async function run(): Promise<number> {
  const settings = readSettings();
  assertProduction(settings);
  const environment = { ...withoutEmpty(settings.environment), DEPLOYMENT: "production", NODE_ENV: "production" };
  return runInstance({
    settings,
    environment,
    prepare: async () => undefined,
    seed: async (databaseUrl, serviceEnvironment, stopping) => {
      if (!(await isEmptyDatabase(databaseUrl))) return;
      const what = "Making the global workspace";
      await runStep(what, () => runQuietly(what, nodeCommand([bundles.cli, "setup"]), serviceEnvironment, stopping));
    },
    services: {
      web: nodeCommand([...followParent, ...steadyHeap, bundles.web]),
      worker: nodeCommand([...followParent, ...steadyHeap, bundles.worker]),
    },
    announce: () => `Hustings serves ${settings.appUrl} on ${settings.host}:${settings.port}.`,
  });
}

/** Inngest's own variables, the webhook's and Gmail's are needed only by who uses those. */
const OPTIONAL = new Set(["MAILERSEND_WEBHOOK_SIGNING_SECRET", "GMAIL_TOKEN_SECRET"]);

/** @throws UserError that names everything that keeps this from being a production configuration. */
export function assertProduction({ environment, databaseUrl }: Settings): void {
  if (!databaseUrl) throw new UserError("npm run serve needs DATABASE_URL; npm start brings a database of its own.");
  const missing = ["APP_URL", ...secretNames].filter((name) => !OPTIONAL.has(name) && !environment[name]);
  if (missing.length > 0)
    throw new UserError(
      `npm run serve needs ${missing.join(", ")} in the environment or in .env; openssl rand -hex 32 makes a secret.`,
    );
  if (environment.LOCAL_SIGN_IN && environment.LOCAL_SIGN_IN !== "0")
    throw new UserError(
      "LOCAL_SIGN_IN lets anyone in without a password: remove it to serve, or use npm start on your own machine.",
    );
  if (environment.ANONYMOUS_API && environment.ANONYMOUS_API !== "off")
    throw new UserError(
      "ANONYMOUS_API lets anyone read contacts: remove it to serve, or use npm start on your own machine.",
    );
  for (const file of Object.values(bundles)) {
    if (!existsSync(file)) throw new UserError("Nothing is built yet: run npm run build first.");
  }
}
