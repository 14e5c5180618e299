import { createCampaign } from "@hustings/core/campaigns/commands";
import { createContact } from "@hustings/core/contacts/create-contact";
import { submissionOf } from "@hustings/core/testing/form-submissions";
import { createTestWorkspace, testSettings } from "@hustings/core/testing/workspace";
import { signMailersendBody, signTallyBody } from "@hustings/crypto/webhook-signature";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { createLinkBuilder } from "@hustings/email/links";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { exampleOf, methodOf, pathOf } from "./conformance/calls";
import { sandboxRows } from "./conformance/operations/sandbox";
import { createWorld, type World } from "./conformance/world";
import { type RunningServer, type ServerForTestsOptions, startServerForTests } from "./testing/start-server";

let database: TestDatabase;
let world: World;
const running: RunningServer[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  world = await createWorld(database);
});
afterEach(async () => {
  await world.close();
  for (const server of running.splice(0)) await server.close();
});
afterAll(() => database.drop());

async function start(options: ServerForTestsOptions): Promise<RunningServer> {
  const server = await startServerForTests(database, options);
  running.push(server);
  return server;
}

const WEBHOOKS = [
  {
    name: "mailersend",
    header: "signature",
    sign: signMailersendBody,
    secret: testSettings.mailersendWebhookSecrets[0] ?? "",
    event: JSON.stringify({ type: "activity.opened", data: { id: "1", message_id: "1" } }),
  },
  {
    name: "tally",
    header: "tally-signature",
    sign: signTallyBody,
    secret: testSettings.tallyWebhookSecrets?.[0] ?? "",
    event: JSON.stringify(
      submissionOf([{ key: "q", label: "Email", type: "INPUT_EMAIL", value: "somebody@example.org" }]),
    ),
  },
];

describe.each(WEBHOOKS)("the webhook of $name", ({ name, header, sign, secret, event }) => {
  const post = (server: RunningServer, body: string, signature?: string) =>
    server.send("POST", `/api/webhooks/${name}`, {
      body,
      headers: { "content-type": "application/json", ...(signature === undefined ? {} : { [header]: signature }) },
    });

  it("takes nothing where its secret is not set, whatever the signature", async () => {
    const before = await database.prisma.providerEvent.count();
    const server = await start({ settings: { mailersendWebhookSecrets: [], tallyWebhookSecrets: [] } });
    for (const signature of [undefined, "", sign("", event), sign("x", event)]) {
      const answer = await post(server, event, signature);
      expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "5"]);
    }
    for (const signature of [undefined, "", sign("x", event)])
      expect((await post(world.server, event, signature)).status).toBe(401);
    expect(await database.prisma.providerEvent.count()).toBe(before);
  });

  it("takes no more than a megabyte, and does not read on", async () => {
    await createTestWorkspace(database, { global: true });
    const body = `${event}${" ".repeat(1_000_001 - event.length)}`;
    expect((await post(world.server, body, sign(secret, body))).status).toBe(413);
    const fits = body.slice(0, 1_000_000);
    expect((await post(world.server, fits, sign(secret, fits))).status).toBe(200);
  });
});

describe("where mail is sent for real", () => {
  it("there is no sandbox, but the word that there is none", async () => {
    const live = await start({ settings: { emailMode: "live" } });
    expect((await live.send("GET", "/api/sandbox/status")).json()).toEqual({ mode: "live" });
    for (const row of sandboxRows.filter(({ operation }) => !operation.endsWith("/status"))) {
      const { parameters = {}, body } = await exampleOf(world, row);
      const path = pathOf(row).replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? "");
      const answer = await live.send(methodOf(row), path, { body, key: world.a.keys.admin });
      expect(answer.status, row.operation).toBe(404);
    }
  });
});

describe("the page behind an unsubscribe link", () => {
  it("shows what people typed as they typed it, and runs nothing", async () => {
    const name = `<script>alert(1)</script>"'<img src=x onerror=alert(2)>`;
    await database.prisma.workspace.update({ where: { id: world.a.workspaceId }, data: { name } });
    const category = await database.prisma.category.create({
      data: { name, description: name, workspaceId: world.a.workspaceId },
    });
    const campaign = await createCampaign(world.a.ctx, { name, subject: "s", body: "b", categoryId: category.id });
    const contact = await createContact(world.a.ctx, { email: `${newId()}@example.org`, customFields: {} });
    const links = createLinkBuilder(testSettings.appUrl, testSettings.unsubscribeSecrets).forRecipient({
      campaignId: campaign.id,
      contactId: contact.id,
    });
    for (const url of Object.values(links)) {
      const answer = await world.server.send("GET", new URL(url).pathname);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain("&#60;script&#62;alert(1)");
      expect(answer.text).not.toMatch(/<(script|img)/);
      expect(answer.headers["content-security-policy"]).toContain("script-src 'self'");
      expect(answer.headers["referrer-policy"]).toBe("no-referrer");
    }
  });

  it("is built from APP_URL, never from a request's Host", async () => {
    const { id } = await createCampaign(world.a.ctx, {
      name: "n",
      subject: "s",
      body: '<a href="{{ unsubscribeUrl }}">no</a>',
    });
    const answer = await world.server.send("POST", `/api/campaigns/${id}/preview`, {
      body: { email: "staff@example.org" },
      key: world.a.keys.admin,
      headers: { host: "evil.example.com", "x-forwarded-host": "evil.example.com" },
    });
    expect(answer.status, answer.text).toBe(200);
    const rendered = await world.server.send("POST", "/api/campaigns/render", {
      body: { subject: "s", body: '<a href="{{ unsubscribeUrl }}">no</a>' },
      key: world.a.keys.admin,
      headers: { host: "evil.example.com", "x-forwarded-host": "evil.example.com" },
    });
    expect(rendered.text).toContain(`${testSettings.appUrl}/u/`);
    expect(rendered.text).not.toContain("evil");
  });
});
