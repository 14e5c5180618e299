import { describeInstance } from "../banner";
import { createLocalEnvironment } from "../local-environment";
import { assertPortFree } from "../port";
import { runInstance } from "../run-instance";
import { keepRunning } from "../service";
import { type Environment, readSettings, root } from "../settings";
import { UserError } from "../user-error";
import { planDevelopment } from "./dev";

/** What `npx` fetches at the first start; it is a shim that downloads the server itself. */
const CLI = "inngest-cli@1.45.1";
const DEFAULT_PORT = 8288;

/**
 * `npm run dev:inngest`: as `npm run dev`, with Inngest's dev server in place of the embedded engine. Needs the internet
 * once, for the server; INNGEST_CLI names one that is there already.
 */
export async function run(): Promise<number> {
  const settings = readSettings();
  const port = readPort(settings.environment.INNGEST_DEV_PORT);
  const server = `http://127.0.0.1:${port}`;
  const environment: Environment = {
    ...createLocalEnvironment(settings, "development"),
    JOBS_ENGINE: "inngest",
    // The SDK's own: where its server is, and that calls are not signed.
    INNGEST_DEV: server,
    INNGEST_CONSOLE_URL: `${server}/runs`,
    // The dev server is told where the worker is, so that cannot be any free port.
    WORKER_PORT: settings.environment.WORKER_PORT || "3001",
  };
  await assertPortFree("INNGEST_DEV_PORT", "127.0.0.1", port, 0);
  return runInstance({
    ...planDevelopment(settings, environment),
    announce: () =>
      `${describeInstance(settings, environment)}\n  Console  ${server}, Inngest's own, once its server is there (the first time it is downloaded)`,
    startBeside: () =>
      keepRunning({
        name: "inngest",
        command: serverCommand(environment, port),
        cwd: root,
        environment,
        say: (line) => console.error(line),
      }).stop,
  });
}

function readPort(value: string | undefined): number {
  const port = Number(value || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_530)
    throw new UserError(`INNGEST_DEV_PORT must be a number from 1 to 65530, and is "${value}".`);
  return port;
}

/** The server's three other ports follow its first, so that two of them can run on one machine. */
function serverCommand(environment: Environment, port: number): [string, ...string[]] {
  const { INNGEST_CLI, WORKER_PORT } = environment;
  const program: [string, ...string[]] = INNGEST_CLI ? [INNGEST_CLI] : ["npx", "--yes", CLI];
  return [
    ...program,
    "dev",
    "--no-discovery",
    ...["--sdk-url", `http://127.0.0.1:${WORKER_PORT}/api/inngest`],
    ...["--host", "127.0.0.1", "--port", String(port)],
    ...["--connect-gateway-port", String(port + 1)],
    ...["--connect-gateway-grpc-port", String(port + 2)],
    ...["--connect-executor-grpc-port", String(port + 3)],
  ];
}
