import type { IncomingMessage } from "node:http";
import type { ApiContext } from "@hustings/api/context";
import type { Principal } from "@hustings/core/context";
import { type AnonymousSettings, isAnonymousAllowed } from "./anonymous-rule";
import type { Composition } from "./composition";

type ContextInput = { source: "trpc" | "rest"; req: IncomingMessage; requestId: string; principal: Principal | null };

/** Makes what the procedures get of a request. */
export function createApiContext(
  composition: Composition,
  anonymous: AnonymousSettings,
  input: ContextInput,
): ApiContext {
  const { source, req, requestId, principal } = input;
  return {
    source,
    core: { ...composition.core, requestId, logger: composition.logger.child({ requestId }) },
    headers: req.headers as ApiContext["headers"],
    principal,
    isAnonymousAllowed: isAnonymousAllowed(anonymous, {
      remoteAddress: req.socket.remoteAddress,
      headers: req.headers,
    }),
    out: { headers: {} },
  };
}
