import type { Ports } from "@hustings/core/context";
import { createLiveTransport } from "@hustings/core/mail/live-transport";
import { createSandboxTransport } from "@hustings/core/sandbox/sandbox-transport";
import type { Db } from "@hustings/db/client";
import type { WebEnv } from "./env";

/** What is outside of core, as web needs it: previews are the only mail that it hands over itself. */
export function createPorts({ liveMail }: Pick<WebEnv, "liveMail">, db: Db): Ports {
  return {
    mail: liveMail ? createLiveTransport(db, liveMail) : createSandboxTransport(db),
    now: () => new Date(),
  };
}
