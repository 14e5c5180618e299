import { setTimeout as delay } from "node:timers/promises";

export type Answer<Body = Record<string, unknown>> = { status: number; body: Body };
type Call = <Body = Record<string, unknown>>(
  method: "GET" | "POST",
  path: string,
  body?: unknown,
) => Promise<Answer<Body>>;

/** Calls REST with a key. */
export type Rest = {
  /** @throws Error while web is away. */
  once: Call;
  /** Again while web, or its database, is away. @throws Error when that takes too long. */
  insist: Call;
};

const RETRY_MS = 100;
const CALL_TIMEOUT_MS = 30_000;

/** @param patienceMs how long web may be away. */
export function createRest(url: string, rawKey: string, patienceMs: number): Rest {
  const once: Call = async <Body>(method: "GET" | "POST", path: string, body?: unknown) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${rawKey}`, "content-type": "application/json" },
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status >= 500) throw new Error(`${method} ${path} is answered ${answer.status}: ${text}`);
    return { status: answer.status, body: JSON.parse(text) as Body };
  };
  const insist: Call = async <Body>(method: "GET" | "POST", path: string, body?: unknown) => {
    for (const deadline = performance.now() + patienceMs; ; await delay(RETRY_MS)) {
      try {
        return await once<Body>(method, path, body);
      } catch (error) {
        if (performance.now() > deadline) throw error;
      }
    }
  };
  return { once, insist };
}
