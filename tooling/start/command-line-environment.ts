import { findRunningInstance } from "./instance";
import { createLocalEnvironment, withoutEmpty } from "./local-environment";
import type { Environment, Settings } from "./settings";

/**
 * What the operator's commands see. Drawn secrets are theirs only where the server uses them too: on the embedded
 * database, and beside a running `npm start` on the same DATABASE_URL. Elsewhere the operator has to give them, since a
 * key made with any other secret would be recognised by nobody.
 */
export function createCommandLineEnvironment(settings: Settings): Environment {
  const { databaseUrl, dataDirectory, environment } = settings;
  const instance = findRunningInstance(dataDirectory);
  if (!databaseUrl || (instance?.databaseUrl === databaseUrl && instance.hasDrawnSecrets))
    return createLocalEnvironment(settings, "production");
  return { LOG_LEVEL: "warn", ...withoutEmpty(environment), NODE_ENV: "production" };
}
