import { newId } from "@hustings/db/ids";
import type { Example, Refusal, Rows } from "../row";
import type { World } from "../world";

/** A delivery about a campaign of workspace A that found no message. */
async function makeDelivery(world: World): Promise<string> {
  const eventId = newId();
  await world.database.prisma.providerEvent.create({
    data: {
      eventId,
      type: "activity.opened",
      messageId: newId(),
      body: { type: "activity.opened", data: { id: eventId, recipient: "somebody@example.org" } },
      appliedAt: new Date(),
      outcome: "unmatched",
      workspaceId: world.a.workspaceId,
    },
  });
  return eventId;
}

const one = async (world: World): Promise<Example> => ({ parameters: { id: await makeDelivery(world) } });
/** Its offset is one that Postgres does not read by itself. */
const span = { from: "2026-01-01T00:00:00+20:24", to: "2100-01-01T00:00:00Z" };

export const webhookDeliveryRows: Rows = [
  {
    operation: "GET /api/webhook-deliveries",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeDelivery(world);
      return { query: { outcome: "unmatched", type: "activity.opened", limit: "1", ...span } };
    },
    refused: (): Refusal[] => [
      {
        query: { outcome: "lost", from: "soon", before: "x", limit: "201" },
        details: ["outcome", "from", "before", "limit"],
      },
      { query: { before: "0000-00-00T00:00:00.000Z_0" }, details: ["before"] },
    ],
  },
  {
    operation: "GET /api/webhook-deliveries/{id}",
    auth: "admin",
    status: 200,
    errors: [401, 403, 404],
    given: one,
  },
  {
    operation: "POST /api/webhook-deliveries/{id}/replay",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: one,
  },
  {
    operation: "POST /api/webhook-deliveries/replay",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => ({ body: { ids: [await makeDelivery(world)] } }),
    refused: () => [
      { body: { ids: [] }, details: ["ids"] },
      { body: { ids: [""], outcomes: ["failed"] }, details: ["ids.0", "outcomes"] },
    ],
  },
  {
    operation: "POST /api/webhook-deliveries/replay-span",
    auth: "admin",
    status: 202,
    errors: [400, 401, 403],
    given: () => ({ body: span }),
    refused: () => [
      { body: { outcomes: ["applied"], from: "now" }, details: ["outcomes.0", "from", "to"] },
      { body: { from: span.to, to: span.from }, details: ["to"] },
    ],
  },
];
