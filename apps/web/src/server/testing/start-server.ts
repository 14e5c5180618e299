import type { AddressInfo } from "node:net";
import { readAuthEnv } from "@hustings/auth/env";
import type { Settings } from "@hustings/core/context";
import { testCoreContext, testSettings } from "@hustings/core/testing/workspace";
import type { Database } from "@hustings/db/client";
import { createGmail } from "@hustings/google/gmail";
import { createLogger, type Logger } from "@hustings/logger/logger";
import { readWebEnv } from "../env";
import { createJobsPort } from "../jobs-port";
import { createWebServer } from "../web-server";
import { type Answer, type Sending, sendRequest } from "./send-request";

/** The secret under which tests seal session cookies. */
export const TEST_SESSION_SECRET = "7d1f0c2e9b5a4836917c0fe2b8a6d49e31f0c2e7a5d49386";

/** Set up, but nobody answers there. */
const GMAIL_OF_NOBODY = {
  GMAIL_CLIENT_ID: "test-client",
  GMAIL_CLIENT_SECRET: "test-client-secret",
  GMAIL_TOKEN_SECRET: "test-token-secret-0123456789abcdef",
  GOOGLE_OAUTH_BASE_URL: "http://127.0.0.1:9",
  GOOGLE_TOKEN_URL: "http://127.0.0.1:9/token",
  GOOGLE_REVOKE_URL: "http://127.0.0.1:9/revoke",
  GMAIL_API_BASE_URL: "http://127.0.0.1:9",
};

export type RunningServer = {
  url: string;
  send: (method: string, path: string, sending?: Sending) => Promise<Answer>;
  close: () => Promise<void>;
};

export type ServerForTestsOptions = {
  env?: Record<string, string>;
  settings?: Partial<Settings>;
  logger?: Logger;
  listPendingMigrations?: () => Promise<readonly string[]>;
};

/**
 * Starts web's real server on a free port of this machine, without Next: pages answer with their path. Rates are out
 * of the way unless `env` sets them.
 */
export async function startServerForTests(
  database: Database,
  options: ServerForTestsOptions = {},
): Promise<RunningServer> {
  const env = readWebEnv({
    DEPLOYMENT: "local",
    NODE_ENV: "test",
    PORT: "0",
    APP_URL: testSettings.appUrl,
    DATABASE_URL: "postgres://unused",
    API_KEY_SECRET: testSettings.apiKeySecret,
    RATE_LIMIT_PER_SECOND: "100000",
    RATE_LIMIT_BURST: "1000000",
    ...GMAIL_OF_NOBODY,
    ...options.env,
  });
  const gmail = env.gmail ? { gmail: createGmail(env.gmail) } : {};
  const auth = readAuthEnv({ NEXTAUTH_SECRET: TEST_SESSION_SECRET, LOCAL_SIGN_IN: options.env?.LOCAL_SIGN_IN });
  const { logger: _, requestId: __, ...core } = testCoreContext(database, { appUrl: env.APP_URL, ...options.settings });
  const web = createWebServer({
    env,
    auth,
    composition: {
      core: { ...core, ports: { ...core.ports, jobs: createJobsPort(env, database.pool), ...gmail } },
      logger: options.logger ?? createLogger({ name: "test", level: "silent", pretty: false }),
      listPendingMigrations: options.listPendingMigrations ?? (async () => []),
      close: async () => undefined,
    },
    answerNext: async (req, res) => void res.setHeader("content-type", "text/html").end(`Next: ${req.url}`),
  });
  const { port }: AddressInfo = await web.listen();
  return {
    url: `http://127.0.0.1:${port}`,
    send: (method, path, sending) => sendRequest(port, method, path, sending),
    close: () => web.drain(1_000),
  };
}
