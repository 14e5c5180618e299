import type { Ports } from "@hustings/core/context";
import { createLiveTransport } from "@hustings/core/mail/live-transport";
import { createSandboxTransport } from "@hustings/core/sandbox/sandbox-transport";
import type { Database } from "@hustings/db/client";
import { createGmail } from "@hustings/google/gmail";
import type { WebEnv } from "./env";
import { createJobsPort } from "./jobs-port";

/** What is outside of core, as web needs it: previews are the only mail that it hands over itself. */
export function createPorts(env: WebEnv, { prisma, pool }: Database): Ports {
  return {
    mail: env.liveMail ? createLiveTransport(prisma, env.liveMail) : createSandboxTransport(prisma),
    now: () => new Date(),
    jobs: createJobsPort(env, pool),
    ...(env.gmail ? { gmail: createGmail(env.gmail) } : {}),
  };
}
