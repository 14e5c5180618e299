import { appendFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { serve } from "inngest/edge";
import { startJobEngine } from "../engine";
import { createTestClient, eventKey, signingKey } from "./test-client";

// An engine as a process of its own, to be killed by tests: what it does it appends to the file that it is given.
const [connectionString = "", portText = "", effectsFile = ""] = process.argv.slice(2);
const port = Number(portText);
const effect = (text: string) => appendFileSync(effectsFile, `${text}\n`);
const inngest = createTestClient(port);

const functions = [
  inngest.createFunction({ id: "chain", triggers: [{ event: "t/chain" }] }, async ({ event, step }) => {
    for (let n = 0; n < 8; n++) {
      await step.run(`s${n}`, async () => {
        await delay(30);
        effect(`${event.data.run} s${n}`);
        return n;
      });
    }
    await step.sleep("nap", "1s");
    await Promise.all(
      [0, 1, 2].map((n) =>
        step.run(`p${n}`, async () => {
          await delay(30);
          effect(`${event.data.run} p${n}`);
        }),
      ),
    );
    return "done";
  }),
  inngest.createFunction(
    { id: "limited", concurrency: { limit: 2 }, triggers: [{ event: "t/limited" }] },
    async ({ event, step }) => {
      await step.run("work", async () => {
        effect(`limited ${event.data.n} begin`);
        await delay(40);
        effect(`limited ${event.data.n} end`);
      });
    },
  ),
  inngest.createFunction({ id: "stuck", triggers: [{ event: "t/stuck" }] }, async ({ event, step }) => {
    await step.run("first", () => effect(`${event.data.run} first`));
    await step.run("second", async () => {
      effect(`${event.data.run} second begins`);
      await delay(event.data.ms);
      effect(`${event.data.run} second ends`);
    });
    return step.run("third", () => process.pid);
  }),
];

const engine = startJobEngine({
  connectionString,
  port,
  handler: serve({ client: inngest, functions }),
  appUrl: "http://127.0.0.1/api/inngest",
  signingKey,
  eventKey,
  backoffMs: () => 100,
  logger: {
    info: (fields, message) => console.log(message, JSON.stringify(fields)),
    warn: (fields, message) => console.log(message, JSON.stringify(fields)),
    error: (fields, message) => console.error(message, fields),
  },
});
await engine.ready;
console.log(engine.isLeader() ? "ready as leader" : "ready as stand-by");
process.on("SIGTERM", () => {
  void engine.stop().then(() => process.exit(0));
});
