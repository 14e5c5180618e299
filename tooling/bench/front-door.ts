import { createApiKey } from "@hustings/core/api-keys/commands";
import type { WorkspaceContext } from "@hustings/core/context";
import type { Database } from "@hustings/db/client";
import { startServerForTests } from "../../apps/web/src/server/testing/start-server";

/** Web's real server on a free port, without pages, and a key for one workspace. Answers are parsed. */
export type FrontDoor = {
  url: string;
  rawKey: string;
  get: (path: string) => Promise<unknown>;
  post: (path: string, body: object) => Promise<unknown>;
  close: () => Promise<void>;
};

/** Opens it. Its calls throw an Error on any status but 2xx: a refusal is quick, and no measurement. */
export async function openFrontDoor(database: Database, ctx: WorkspaceContext): Promise<FrontDoor> {
  const { rawKey } = await createApiKey(ctx, { name: "bench" });
  const server = await startServerForTests(database);
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await server.send(method, path, { key: rawKey, body });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    return answer.json();
  };
  return {
    url: server.url,
    rawKey,
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    close: server.close,
  };
}
