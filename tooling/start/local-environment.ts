import { loadSecrets } from "./secrets";
import type { Environment, Settings } from "./settings";

/**
 * The environment of `npm start` and `npm run dev`: drawn secrets, and on the embedded database sign-in by one click
 * and an API that answers this machine without a key. Whatever the operator set, stays.
 */
export function createLocalEnvironment(settings: Settings, mode: "production" | "development"): Environment {
  const { environment, databaseUrl, isOnLoopback, dataDirectory } = settings;
  const isOpen = !databaseUrl && isOnLoopback;
  const localSignIn = environment.LOCAL_SIGN_IN || (isOpen ? "1" : "0");
  return {
    ...loadSecrets(dataDirectory),
    // A terminal is for people: their log is short and readable.
    LOG_LEVEL: "warn",
    LOG_FORMAT: process.stdout.isTTY ? "pretty" : "json",
    ...withoutEmpty(environment),
    DEPLOYMENT: environment.DEPLOYMENT || "local",
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: "1",
    LOCAL_SIGN_IN: localSignIn,
    ANONYMOUS_API: environment.ANONYMOUS_API || (isOpen && localSignIn === "1" ? "local" : "off"),
  };
}

/** A variable that is set to nothing counts as not set, as in the programs themselves. */
export const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
