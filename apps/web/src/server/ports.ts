import type { Ports } from "@hustings/core/context";
import { createSandboxTransport } from "@hustings/core/sandbox/sandbox-transport";
import type { Db } from "@hustings/db/client";
import type { WebEnv } from "./env";

/**
 * What is outside of core, as web needs it: previews are the only mail that it hands over itself.
 *
 * @throws Error in live mode, for which there is no provider yet.
 */
export function createPorts(env: Pick<WebEnv, "EMAIL_MODE">, db: Db): Ports {
  if (env.EMAIL_MODE === "live")
    throw new Error("EMAIL_MODE=live needs a mail provider, and this version has none: leave it at sandbox");
  return { mail: createSandboxTransport(db), now: () => new Date() };
}
