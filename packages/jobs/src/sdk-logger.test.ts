import { createLogger } from "@hustings/logger/logger";
import { Inngest, RetryAfterError } from "inngest";
import { serve } from "inngest/edge";
import { expect, test } from "vitest";
import { createSdkLogger } from "./sdk-logger";

const lines: { level: string; msg: string; err?: { message: string } }[] = [];
const inngest = new Inngest({
  id: "app",
  isDev: true,
  logger: createSdkLogger(
    createLogger({
      name: "test",
      level: "debug",
      pretty: false,
      destination: { write: (line) => void lines.push(JSON.parse(line)) },
    }),
  ),
});
const throwing = (id: string, error: Error) =>
  inngest.createFunction({ id, triggers: [{ event: `t/${id}` }] }, ({ step }) =>
    step.run("work", () => Promise.reject(error)),
  );
const handler = serve({
  client: inngest,
  functions: [
    throwing("later", new RetryAfterError("the provider wants to wait", "5 minutes")),
    throwing("broken", new Error("it broke")),
  ],
});

/** Calls a function as a server would. */
async function call(id: string): Promise<void> {
  const event = { name: `t/${id}`, data: {}, id: "e", ts: 1 };
  const ctx = {
    run_id: "r",
    attempt: 0,
    disable_immediate_execution: false,
    use_api: false,
    stack: { stack: [], current: 0 },
  };
  await handler(
    new Request(`http://app.local/api/inngest?fnId=app-${id}&stepId=step`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "app.local" },
      body: JSON.stringify({ event, events: [event], steps: {}, version: 2, ctx }),
    }),
  );
}

test("a step that asks to be called later is no error in the log, and one that breaks is", async () => {
  await call("later");
  await call("broken");
  const about = (message: string) => lines.filter((line) => line.err?.message === message).map((line) => line.level);
  expect(new Set(about("the provider wants to wait"))).toEqual(new Set(["debug"]));
  expect(new Set(about("it broke"))).toEqual(new Set(["error"]));
});
