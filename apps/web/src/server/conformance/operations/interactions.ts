import { createContact } from "@hustings/core/contacts/create-contact";
import { createInteraction } from "@hustings/core/interactions/commands";
import type { Rows } from "../row";
import type { World } from "../world";

async function makeInteraction(world: World) {
  const contact = await createContact(world.a.ctx, { firstName: "Ana", customFields: {} });
  return createInteraction(world.a.ctx, { id: contact.id, type: "note", subject: "Met", metadata: {} });
}

export const interactionRows: Rows = [
  {
    operation: "GET /api/contacts/{id}/interactions",
    auth: "open",
    role: "viewer",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeInteraction(world)).contactId } }),
    refused: () => [{ query: { page: "0", pageSize: "201" }, details: ["page", "pageSize"] }],
  },
  {
    operation: "POST /api/contacts/{id}/interactions",
    auth: "open",
    role: "member",
    status: 201,
    errors: [400, 401, 403, 404],
    given: async (world) => ({
      parameters: { id: (await makeInteraction(world)).contactId },
      body: {
        type: "call",
        subject: "Hello",
        body: null,
        occurredAt: "2026-11-23T10:00:00+01:00",
        metadata: { by: "Jo" },
      },
    }),
    refused: () => [
      { body: {}, details: ["type"] },
      {
        body: { type: "fax", occurredAt: "2026-11-23T10:00:00", metadata: { by: 1 } },
        details: ["type", "occurredAt", "metadata.by"],
      },
      { body: { type: "call", occurredAt: "0001-01-01T00:00:00+14:00" }, details: ["occurredAt"] },
      { body: { type: "call", occurredAt: "9999-12-31T23:59:59-12:00" }, details: ["occurredAt"] },
    ],
  },
  {
    operation: "DELETE /api/interactions/{id}",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeInteraction(world)).id } }),
  },
];
