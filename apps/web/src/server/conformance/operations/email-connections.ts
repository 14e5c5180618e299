import { createContact } from "@hustings/core/contacts/create-contact";
import { testSettings } from "@hustings/core/testing/workspace";
import { hashApiKey } from "@hustings/crypto/api-key";
import { newId } from "@hustings/db/ids";
import type { Rows } from "../row";
import type { World } from "../world";

/** A connection of the person whose key it is, with somebody met in its mailbox. */
async function makeConnection(world: World, key: string) {
  const { prisma } = world.database;
  const { userId } = await prisma.apiKey.findUniqueOrThrow({
    where: { keyHash: hashApiKey(testSettings.apiKeySecret, key) },
  });
  const { id } = await prisma.emailConnection.create({
    data: {
      userId,
      workspaceId: world.a.workspaceId,
      address: `me-${newId()}@org.example`,
      refreshToken: "sealed",
      accessToken: "sealed",
      accessExpiresAt: new Date(),
    },
  });
  const email = `met-${newId()}@example.org`;
  await prisma.emailAddress.create({
    data: { connectionId: id, email, messageCount: 1, sentCount: 1, receivedCount: 0, lastAt: new Date() },
  });
  return { id, email };
}

const ofViewer = async (world: World) => ({
  parameters: { id: (await makeConnection(world, world.a.keys.viewer)).id },
});
/** A person sees their own connections alone. */
const ofAdmin = async (world: World) => ({
  parameters: { id: (await makeConnection(world, world.a.keys.admin)).id },
});
const makeContact = async (world: World) =>
  (await createContact(world.a.ctx, { email: `c-${newId()}@example.org`, customFields: {} })).id;
const choices = { syncInteractions: false, interactionsVisible: true };
const notChoices = { syncInteractions: "no", interactionsVisible: 1 };
const namedChoices = ["syncInteractions", "interactionsVisible"];

export const emailConnectionRows: Rows = [
  {
    operation: "GET /api/auth/gmail",
    auth: "session",
    status: 302,
    errors: [400, 401, 403],
    given: () => ({ query: { loginHint: "me@org.example" } }),
    refused: () => [{ query: { loginHint: "me", scope: "all" }, details: ["loginHint", "scope"] }],
  },
  // Whatever comes back, the browser is led to the page that says how it ended.
  {
    operation: "GET /api/auth/gmail/callback",
    auth: "session",
    status: 302,
    errors: [401],
    given: () => ({ query: { state: "nobody's", code: "4/x" } }),
  },
  {
    operation: "GET /api/email-connections",
    auth: "session",
    status: 200,
    errors: [400, 401],
    given: async (world) => {
      await makeConnection(world, world.a.keys.viewer);
      return { query: { limit: "1" } };
    },
    refused: () => [{ query: { limit: "0" }, details: ["limit"] }],
  },
  {
    operation: "DELETE /api/email-connections/{id}",
    auth: "session",
    status: 200,
    errors: [400, 401, 403, 404],
    given: ofViewer,
    forbidden: ofAdmin,
  },
  {
    operation: "PUT /api/email-connections/{id}/settings",
    auth: "session",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ ...(await ofViewer(world)), body: choices }),
    forbidden: async (world) => ({ ...(await ofAdmin(world)), body: choices }),
    refused: (world) => [
      { body: { ...notChoices, targetWorkspaceId: "x" }, details: [...namedChoices, "targetWorkspaceId"] },
      { body: { targetWorkspaceId: world.b.workspaceId }, details: ["targetWorkspaceId"] },
    ],
  },
  {
    operation: "GET /api/email-connections/{id}/contacts",
    auth: "session",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ ...(await ofViewer(world)), query: { search: "met", match: "unknown", pageSize: "1" } }),
    forbidden: ofAdmin,
    refused: () => [{ query: { page: "0", pageSize: "201", match: "some" }, details: ["page", "pageSize", "match"] }],
  },
  {
    operation: "POST /api/email-connections/{id}/contacts/import",
    auth: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    isInstallationWide: true,
    given: async (world) => {
      const { id, email } = await makeConnection(world, world.a.keys.member);
      return { parameters: { id }, body: { emails: [email] } };
    },
    forbidden: async (world) => ({ ...(await ofAdmin(world)), body: { emails: ["nobody@example.org"] } }),
    refused: () => [
      { body: { emails: [] }, details: ["emails"] },
      { body: { emails: ["nobody"] }, details: ["emails.0"] },
      { body: { emails: ["stranger@example.org"] }, details: ["emails.0"] },
    ],
  },
  {
    operation: "POST /api/email-connections/{id}/refresh",
    auth: "session",
    status: 200,
    errors: [400, 401, 403, 404],
    given: ofViewer,
    forbidden: ofAdmin,
  },
  {
    operation: "GET /api/email-contact-settings",
    auth: "session",
    status: 200,
    errors: [400, 401],
    given: () => ({ query: { limit: "5" } }),
    refused: () => [{ query: { limit: "0" }, details: ["limit"] }],
  },
  {
    operation: "PUT /api/email-contact-settings/{contactId}",
    auth: "session",
    status: 200,
    errors: [400, 401, 404],
    given: async (world) => ({ parameters: { contactId: await makeContact(world) }, body: choices }),
    refused: () => [{ body: notChoices, details: namedChoices }],
  },
  {
    operation: "PUT /api/email-contact-settings",
    auth: "session",
    status: 200,
    errors: [400, 401],
    given: async (world) => ({ body: { settings: [{ contactId: await makeContact(world), ...choices }] } }),
    refused: () => [
      { body: { settings: [] }, details: ["settings"] },
      { body: { settings: [{ contactId: newId(), ...choices }] }, details: ["settings.0.contactId"] },
      { body: { settings: [{ contactId: "x", ...notChoices }] }, details: ["settings.0.contactId"] },
    ],
  },
];
