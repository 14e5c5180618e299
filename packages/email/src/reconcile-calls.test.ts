import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it } from "vitest";
import type { HandOver } from "./hand-over-journal";
import { createMailersendClient } from "./mailersend-client";
import { MAILERSEND_PLANS } from "./mailersend-plan";
import { reconcileCalls } from "./reconcile-calls";

/** A MailerSend that took the first of two, and so many after them that its list has no end. */
const server = createServer((request, response) => {
  const isDomains = request.url?.startsWith("/domains");
  const data = isDomains ? [{ id: "d", name: "mail.example.org" }] : [{ to: "ann@example.com", message_id: "m1" }];
  response.end(JSON.stringify({ data, links: { next: isDomains ? null : "more" } }));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it("sends to nobody again whom a list that is cut short may hold", async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const call = (id: string, contactId: string): HandOver => ({
    ...{ id, campaignId: "c", contactIds: [contactId], startedAt: new Date(), ageMs: 3_600_000 },
    ...{ bulkId: null, messageId: null },
  });
  const calls = new Map([
    ["ann", call("1", "ann")],
    ["bo", call("2", "bo")],
  ]);
  const parts = {
    client: createMailersendClient({
      apiKey: "k",
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeoutMs: 5_000,
    }),
    pace: {
      reserve: async () => ({ isReserved: true as const, waitMs: 0 }),
      keepWithin: async () => undefined,
      hold: async () => undefined,
    },
    journal: {
      open: async () => "",
      accept: async () => undefined,
      drop: async () => undefined,
      find: async () => calls,
    },
    plan: MAILERSEND_PLANS.professional,
    senderDomain: "mail.example.org",
  };
  const people = ["ann", "bo"].map((contactId) => ({ campaignId: "c", contactId, email: `${contactId}@example.com` }));
  expect(await reconcileCalls(parts, people)).toMatchObject([
    { kind: "accepted", messageId: "m1" },
    { kind: "unknown", reason: expect.stringContaining("more since than it lists") },
  ]);
});
