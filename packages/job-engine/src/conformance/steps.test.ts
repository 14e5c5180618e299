import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { useConformanceServer } from "../testing/conformance-server";

const server = useConformanceServer(({ inngest, own, said }) => {
  const callee = inngest.createFunction(
    { id: "callee", retries: 0, triggers: [{ event: own("callee") }] },
    ({ event }) => {
      if (event.data.fails) throw new Error("no luck");
      return { got: event.data.k };
    },
  );
  return [
    callee,
    inngest.createFunction({ id: "chain", triggers: [{ event: own("chain") }] }, async ({ event, step }) => {
      const a = await step.run("a", () => {
        said.push("chain a");
        return { n: event.data.n };
      });
      await step.sleep("nap", "1s");
      const b = await step.run("b", () => {
        said.push("chain b");
        return a.n + 1;
      });
      await step.run("end", () => void said.push(`chain ${a.n} ${b}`));
    }),
    inngest.createFunction({ id: "parallel", triggers: [{ event: own("parallel") }] }, async ({ step }) => {
      const results = await Promise.all([1, 2, 3].map((n) => step.run(`p${n}`, () => said.push(`parallel ${n}`) && n)));
      await step.run("sum", () => void said.push(`sum ${results.reduce((sum, n) => sum + n)}`));
    }),
    inngest.createFunction({ id: "until", triggers: [{ event: own("until") }] }, async ({ step }) => {
      const start = await step.run("start", () => Date.now());
      await step.sleepUntil("until", new Date(start + 2000));
      await step.run("end", () => void said.push(`slept ${Date.now() >= start + 2000}`));
    }),
    inngest.createFunction({ id: "waiter", triggers: [{ event: own("wait") }] }, async ({ event, step }) => {
      await step.run("before", () => void said.push(`waiting ${event.data.id}`));
      const reply = await step.waitForEvent("reply", {
        event: own("reply"),
        timeout: event.data.timeout,
        if: "event.data.id == async.data.id",
      });
      await step.run("after", () => void said.push(`reply to ${event.data.id}: ${reply?.data.text ?? "none"}`));
    }),
    inngest.createFunction({ id: "sender", triggers: [{ event: own("send") }] }, async ({ step }) => {
      const { ids } = await step.sendEvent("tell", [
        { name: own("told"), data: { n: 1 } },
        { name: own("told"), data: { n: 2 } },
      ]);
      await step.run("end", () => void said.push(`sent ${ids.length}`));
    }),
    inngest.createFunction({ id: "told", triggers: [{ event: own("told") }] }, ({ event }) => {
      said.push(`told ${event.data.n}`);
    }),
    inngest.createFunction({ id: "caller", triggers: [{ event: own("call") }] }, async ({ step }) => {
      const good = await step.invoke("good", { function: callee, data: { k: "K" } });
      const bad = await step
        .invoke("bad", { function: callee, data: { fails: true } })
        .catch((error: Error) => error.message);
      await step.run("end", () => void said.push(`called ${JSON.stringify(good)} ${String(bad).includes("no luck")}`));
    }),
  ];
});

test("each step runs once, and what it returned is there in later ones", async () => {
  await server.send("chain", { n: 1 });
  await server.heard("chain 1 2");
  expect(server.said.filter((text) => text.startsWith("chain"))).toEqual(["chain a", "chain b", "chain 1 2"]);
});

test("parallel steps each run once and are gathered", async () => {
  await server.send("parallel");
  expect(await server.heard("sum 6")).toBe(1);
  expect(server.said.filter((text) => text.startsWith("parallel")).toSorted()).toEqual([
    "parallel 1",
    "parallel 2",
    "parallel 3",
  ]);
});

test("a run sleeps until a time", async () => {
  await server.send("until");
  await server.heard("slept true");
});

test("a wait takes the event that its condition fits, or ends at its time-out", async () => {
  await server.send("wait", { id: "one", timeout: "10m" });
  await server.send("wait", { id: "two", timeout: "4s" });
  await server.heard(/^waiting/, 2);
  // Said in the step before the wait: the server is given the time to write the wait down.
  await delay(1000);
  await server.send("reply", { id: "one", text: "here" });
  await server.heard("reply to one: here");
  await server.heard("reply to two: none");
});

test("a step sends events, which start runs", async () => {
  await server.send("send");
  await server.heard("sent 2");
  await server.heard(/^told/, 2);
});

test("an invoked function hands back its result, or its error", async () => {
  await server.send("call");
  await server.heard('called {"got":"K"} true');
});
