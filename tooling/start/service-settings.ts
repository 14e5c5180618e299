import { readLogEnv } from "@hustings/logger/read-log-env";
import { createAddressReader } from "../../apps/web/src/server/client-address";
import { findUnsafeSettings, readWebEnv } from "../../apps/web/src/server/env";
import { readAuthEnv } from "../../packages/auth/src/env";
import { isWeakSecret } from "../../packages/crypto/src/secrets";
import { readJobsEnv } from "../../packages/jobs/src/env";
import type { Environment, Settings } from "./settings";
import { UserError } from "./user-error";

/**
 * Reads the environment as web and worker will, so that a wrong value is told before anything is built or started.
 *
 * @throws UserError with a line for each wrong value.
 */
export function assertServiceSettings(settings: Settings, environment: Environment): void {
  const source = {
    ...environment,
    HOST: settings.host,
    PORT: String(settings.port),
    APP_URL: settings.appUrl,
    // The embedded one's address is not known yet.
    DATABASE_URL: settings.databaseUrl ?? "postgres://",
  };
  const problems = new Set<string>();
  const read = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      for (const problem of (error as Error).message.split("; ")) problems.add(problem);
      return undefined;
    }
  };
  const web = read(() => readWebEnv(source));
  const auth = read(() => readAuthEnv(source));
  const jobs = read(() => readJobsEnv(source));
  read(() => readLogEnv(source));
  if (web) read(() => createAddressReader(web.TRUST_PROXY));
  if (web && auth) for (const problem of findUnsafeSettings(web, auth.NEXTAUTH_SECRET)) problems.add(problem);
  if (jobs && web?.DEPLOYMENT === "production")
    for (const name of ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"] as const)
      if (isWeakSecret(jobs[name])) problems.add(`${name} must be random: make one with "openssl rand -hex 32"`);
  if (problems.size > 0)
    throw new UserError(
      `Hustings does not start with these settings:\n${[...problems].map((line) => `  ${line}`).join("\n")}`,
    );
}
