import { createReply, createTicket } from "@hustings/core/support-tickets/commands";
import { testSettings } from "@hustings/core/testing/workspace";
import { createTicketLinkBuilder } from "@hustings/email/ticket-links";
import type { Example, Refusal, Row, Rows } from "../row";
import type { World } from "../world";

const words = { title: "The export stops", description: "At row 4,012.", type: "bug" } as const;
const makeTicket = (world: World) => createTicket(world.a.ctx, words);
const one = async (world: World): Promise<Example> => ({ parameters: { id: (await makeTicket(world)).id } });

/** Of the person whose key has the lowest role: the owner, who may change the words. */
async function ownTicket({ server, a }: World): Promise<Example> {
  const answer = await server.send("POST", "/api/support-tickets", { key: a.keys.viewer, body: words });
  return { parameters: { id: answer.json<{ id: string }>().id }, body: { title: "The export stops at row 4,012" } };
}

const linkTo = createTicketLinkBuilder(testSettings.appUrl, testSettings.unsubscribeSecrets);
async function link(world: World): Promise<Example> {
  const { id, userId } = await makeTicket(world);
  const token = new URL(linkTo({ ticketId: id, userId })).searchParams.get("token") ?? "";
  return { query: { token } };
}
const withoutToken = (): Refusal[] => [{ query: {}, details: ["token"] }];

const session = { auth: "session", status: 200 } as const satisfies Partial<Row>;

export const supportTicketRows: Rows = [
  {
    ...session,
    operation: "GET /api/support-tickets",
    errors: [400, 401],
    given: async (world) => {
      await makeTicket(world);
      const query = { status: "open", type: "bug", priority: "medium", search: "export", mine: "false" };
      return { query: { ...query, sort: "votes", page: "1", pageSize: "5" } };
    },
    refused: () => [
      {
        query: {
          status: "lost",
          type: "x",
          priority: "urgent",
          mine: "maybe",
          sort: "oldest",
          page: "0",
          pageSize: "201",
        },
        details: ["status", "type", "priority", "mine", "sort", "page", "pageSize"],
      },
    ],
  },
  {
    ...session,
    operation: "POST /api/support-tickets",
    status: 201,
    errors: [400, 401],
    given: () => ({ body: { ...words, priority: "high" } }),
    refused: () => [
      { body: {}, details: ["title", "description", "type"] },
      {
        body: { title: "a\nb", description: "  ", type: "wish", priority: null },
        details: ["title", "description", "type", "priority"],
      },
    ],
  },
  { ...session, operation: "GET /api/support-tickets/{id}", errors: [401, 404], given: one },
  {
    ...session,
    operation: "PUT /api/support-tickets/{id}",
    errors: [400, 401, 403, 404],
    given: ownTicket,
    refused: () => [{ body: { title: "", status: "lost", priority: 1 }, details: ["title", "status", "priority"] }],
    forbidden: async (world) => ({ ...(await one(world)), body: { title: "Not mine" } }),
  },
  {
    operation: "DELETE /api/support-tickets/{id}",
    auth: "globalAdmin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: one,
  },
  {
    ...session,
    operation: "GET /api/support-tickets/{id}/replies",
    errors: [400, 401, 404],
    given: async (world) => {
      const { id } = await makeTicket(world);
      await createReply(world.a.ctx, { id, body: "Here too." });
      return { parameters: { id }, query: { limit: "5" } };
    },
    refused: () => [{ query: { limit: "0", offset: "-1" }, details: ["limit", "offset"] }],
  },
  {
    ...session,
    operation: "POST /api/support-tickets/{id}/replies",
    status: 201,
    errors: [400, 401, 404],
    given: async (world) => ({ ...(await one(world)), body: { body: "Here too." } }),
    refused: () => [{ body: { body: " " }, details: ["body"] }],
  },
  { ...session, operation: "POST /api/support-tickets/{id}/vote", errors: [400, 401, 404], given: one },
  { ...session, operation: "POST /api/support-tickets/{id}/subscribe", errors: [400, 401, 404], given: one },
  { ...session, operation: "DELETE /api/support-tickets/{id}/subscribe", errors: [400, 401, 404], given: one },
  {
    operation: "GET /api/support-tickets/unsubscribe",
    auth: "none",
    status: 200,
    errors: [400, 401, 403],
    given: link,
    refused: withoutToken,
    forbidden: () => ({ query: { token: "made-up" } }),
  },
  {
    operation: "POST /api/support-tickets/unsubscribe",
    auth: "none",
    status: 200,
    errors: [400, 401, 403],
    given: link,
    refused: withoutToken,
    forbidden: () => ({ query: { token: "made-up" } }),
  },
  { ...session, operation: "GET /api/support-tickets/subscribe-all", errors: [401] },
  { ...session, operation: "POST /api/support-tickets/subscribe-all", errors: [400, 401] },
  { ...session, operation: "GET /api/support-tickets/stats", errors: [401] },
];
