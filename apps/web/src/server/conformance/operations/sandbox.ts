import { createCampaign } from "@hustings/core/campaigns/commands";
import { previewCampaign } from "@hustings/core/campaigns/preview";
import { createSandboxTransport } from "@hustings/core/sandbox/sandbox-transport";
import { testSettings } from "@hustings/core/testing/workspace";
import { signMailersendBody } from "@hustings/crypto/webhook-signature";
import { newId } from "@hustings/db/ids";
import { createLinkBuilder } from "@hustings/email/links";
import { buildSimulatedEvent } from "@hustings/email/simulated-event";
import type { Refusal, Row, Rows } from "../row";
import type { World } from "../world";

/** A caught mail of workspace A. */
async function mail(world: World) {
  const ctx = { ...world.a.ctx, ports: { ...world.a.ctx.ports, mail: createSandboxTransport(world.database.prisma) } };
  const campaign = await createCampaign(ctx, { name: "Caught", subject: "Hi", body: "<p>Hello</p>" });
  const to = `${newId()}@example.org`;
  await previewCampaign(ctx, { id: campaign.id, email: to });
  const { id, messageId } = await world.database.prisma.sandboxEmail.findFirstOrThrow({ where: { to } });
  return { parameters: { id }, messageId, campaignId: campaign.id };
}

const oneMail = async (world: World) => ({ parameters: (await mail(world)).parameters });
const reading = { auth: "admin", status: 200, errors: [401, 403, 404], given: oneMail } as const satisfies Partial<Row>;

export const sandboxRows: Rows = [
  { operation: "GET /api/sandbox/status", auth: "none", status: 200, errors: [401] },
  {
    operation: "GET /api/sandbox/emails",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => {
      await mail(world);
      return { query: { limit: "10" } };
    },
    refused: (): Refusal[] => [
      { query: { limit: "501", since: "soon", status: "lost" }, details: ["limit", "since", "status"] },
      { query: { workspaceId: newId() }, details: ["workspaceId"] },
    ],
  },
  {
    operation: "DELETE /api/sandbox/emails",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ body: { campaignId: (await mail(world)).campaignId } }),
    refused: () => [{ body: { campaignId: "x" }, details: ["campaignId"] }],
  },
  { operation: "GET /api/sandbox/emails/{id}", ...reading },
  { operation: "GET /api/sandbox/emails/{id}/raw", ...reading },
  {
    operation: "POST /api/sandbox/emails/{id}/simulate",
    ...reading,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ ...(await oneMail(world)), body: { event: "clicked", url: "https://example.org/" } }),
    refused: () => [{ body: { event: "vanished", url: "no url" }, details: ["event", "url"] }],
  },
  {
    operation: "POST /api/sandbox/emails/simulate-bulk",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => {
      await mail(world);
      return { body: { filter: {}, event: "delivered" } };
    },
    refused: () => [
      { body: {}, details: ["filter", "event"] },
      { body: { filter: { workspaceId: newId() }, event: "opened" }, details: ["workspaceId"] },
    ],
  },
];

export const webhookRows: Rows = [
  {
    operation: "POST /api/webhooks/mailersend",
    auth: "signature",
    status: 200,
    errors: [400, 401],
    given: async (world) => {
      const { messageId } = await mail(world);
      const body = buildSimulatedEvent({
        event: "opened",
        messageId,
        recipient: "somebody@example.org",
        subject: "Hi",
        tags: [],
        occurredAt: new Date(),
      });
      return signed(body);
    },
    refused: () => [{ ...signed("not json"), details: [] }],
  },
];

const [secret = ""] = testSettings.mailersendWebhookSecrets;
const signed = (body: string) => ({
  body: Buffer.from(body),
  headers: { signature: signMailersendBody(secret, body) },
});

const links = createLinkBuilder(testSettings.appUrl, testSettings.unsubscribeSecrets);
const tokenOf = (url: string) => ({ parameters: { token: url.split("/").at(-1) ?? "" } });
const recipient = async (world: World) => ({
  campaignId: (await createCampaign(world.a.ctx, { name: "Linked", subject: "Hi", body: "" })).id,
  contactId: newId(),
});
const page = {
  auth: "none",
  status: 200,
  errors: [401, 404],
  isInstallationWide: true,
} as const satisfies Partial<Row>;

export const linkRows: Rows = [
  {
    operation: "GET /u/{token}",
    ...page,
    given: async (world) => tokenOf(links.forRecipient(await recipient(world)).unsubscribeUrl),
  },
  {
    operation: "POST /u/{token}",
    ...page,
    errors: [400, 401, 404],
    given: async (world) => tokenOf(links.forRecipient(await recipient(world)).unsubscribeUrl),
  },
  {
    operation: "GET /preferences/{token}",
    ...page,
    given: async (world) => tokenOf(links.forRecipient(await recipient(world)).preferencesUrl),
  },
  {
    operation: "POST /preferences/{token}",
    ...page,
    errors: [400, 401, 404],
    given: async (world) => tokenOf(links.forRecipient(await recipient(world)).preferencesUrl),
  },
];
