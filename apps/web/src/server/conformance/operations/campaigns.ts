import { createCampaign } from "@hustings/core/campaigns/commands";
import { pauseCampaign, sendCampaign } from "@hustings/core/campaigns/send-campaign";
import { createContact } from "@hustings/core/contacts/create-contact";
import { newId } from "@hustings/db/ids";
import type { Row, Rows } from "../row";
import type { World } from "../world";

const content = { name: "November", subject: "Hi {{ contact.firstName }}", body: "<p>Hello</p>" };
const makeDraft = (world: World) => createCampaign(world.a.ctx, content);
const draft = async (world: World) => ({ parameters: { id: (await makeDraft(world)).id } });

async function queued(world: World) {
  const { id } = await makeDraft(world);
  await sendCampaign(world.a.ctx, id);
  return { parameters: { id } };
}

async function held(world: World) {
  const { id } = await makeDraft(world);
  await sendCampaign(world.a.ctx, id, { holdSeconds: 600 });
  return { parameters: { id } };
}

async function paused(world: World) {
  const example = await queued(world);
  await pauseCampaign(world.a.ctx, example.parameters.id);
  return example;
}

const wrongContent = {
  body: { name: "", subject: 1, body: 2, fromEmail: "nobody", segmentId: "x", scheduledAt: "soon" },
  details: ["name", "subject", "body", "fromEmail", "segmentId", "scheduledAt"],
};
const reading = { auth: "viewer", status: 200, errors: [401, 403, 404], given: draft } as const satisfies Partial<Row>;
const acting = { auth: "admin", status: 200, errors: [400, 401, 403, 404] } as const satisfies Partial<Row>;

export const campaignRows: Rows = [
  {
    operation: "GET /api/campaigns",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeDraft(world);
      return { query: { limit: "10" } };
    },
    refused: () => [{ query: { limit: "0", status: "lost" }, details: ["limit", "status"] }],
  },
  {
    operation: "POST /api/campaigns",
    auth: "admin",
    status: 201,
    errors: [400, 401, 403],
    given: () => ({ body: content }),
    refused: () => [
      { body: {}, details: ["name", "subject", "body"] },
      wrongContent,
      { body: { ...content, body: "{% if %}" }, details: ["body"] },
      { body: { ...content, segmentId: newId(), categoryId: newId() }, details: ["segmentId", "categoryId"] },
    ],
  },
  { operation: "GET /api/campaigns/unsubscribe-status", auth: "admin", status: 200, errors: [401, 403] },
  {
    operation: "POST /api/campaigns/render",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: () => ({ body: { subject: "Hi", body: "<p>Hello</p>" } }),
    refused: () => [
      { body: {}, details: ["subject", "body"] },
      { body: { subject: "Hi", body: "x", contactId: newId() }, details: ["contactId"] },
    ],
  },
  { operation: "GET /api/campaigns/{id}", ...reading },
  {
    operation: "PUT /api/campaigns/{id}",
    ...acting,
    given: async (world) => ({ ...(await draft(world)), body: { name: "December" } }),
    refused: () => [wrongContent],
    untimely: async (world) => ({ ...(await queued(world)), body: { name: "December" } }),
  },
  { operation: "DELETE /api/campaigns/{id}", ...acting, given: draft, untimely: queued },
  {
    operation: "POST /api/campaigns/{id}/send",
    ...acting,
    given: async (world) => ({ ...(await draft(world)), body: { holdSeconds: 120, canary: { percent: 10 } } }),
    refused: () => [
      {
        body: { canary: { people: 0, percent: 51, waitMinutes: 0, complaints: 0, bouncePercent: 101 } },
        details: ["canary.people", "canary.percent", "canary.waitMinutes", "canary.complaints", "canary.bouncePercent"],
      },
      { body: { canary: { waitMinutes: 15 } }, details: ["canary"] },
      { body: { canary: { people: 200, percent: 10 } }, details: ["canary"] },
      { body: { confirmRecipients: 1_000_000 }, details: ["confirmRecipients"] },
      { body: { holdSeconds: 601 }, details: ["holdSeconds"] },
      { body: { holdSeconds: "2m" }, details: ["holdSeconds"] },
    ],
    untimely: queued,
  },
  { operation: "POST /api/campaigns/{id}/recall", ...acting, given: held, untimely: draft },
  { operation: "POST /api/campaigns/{id}/pause", ...acting, given: queued, untimely: draft },
  { operation: "POST /api/campaigns/{id}/resume", ...acting, given: paused, untimely: draft },
  { operation: "POST /api/campaigns/{id}/cancel", ...acting, given: queued, untimely: draft },
  {
    operation: "POST /api/campaigns/{id}/preview",
    ...acting,
    given: async (world) => ({ ...(await draft(world)), body: { email: "staff@example.org" } }),
    refused: () => [{ body: { email: "nobody" }, details: ["email"] }],
  },
  {
    operation: "GET /api/campaigns/{id}/emails",
    ...reading,
    errors: [400, 401, 403, 404],
    refused: () => [{ query: { limit: "0", outcome: "lost" }, details: ["limit", "outcome"] }],
  },
  { operation: "GET /api/campaigns/{id}/audience", ...reading },
  {
    operation: "GET /api/campaigns/{id}/audience/people",
    ...reading,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ ...(await draft(world)), query: { group: "recipients" } }),
    refused: () => [{ query: { group: "others", page: "0" }, details: ["group", "page"] }],
  },
  {
    operation: "GET /api/campaigns/{id}/audience/lacking",
    ...reading,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ ...(await draft(world)), query: { field: "firstName" } }),
    refused: () => [
      { query: { field: "" }, details: ["field"] },
      { query: { field: "interaction.nothing" }, details: ["field: must name a field of people"] },
    ],
  },
  { operation: "GET /api/campaigns/{id}/export", ...reading },
  { operation: "GET /api/campaigns/{id}/stats", ...reading },
  { operation: "GET /api/campaigns/{id}/safety", ...reading },
  { operation: "GET /api/campaigns/{id}/report", ...reading },
  {
    operation: "GET /api/campaigns/{id}/recipients/{contactId}",
    ...reading,
    given: async (world) => {
      const contact = await createContact(world.a.ctx, { email: `${newId()}@example.org`, customFields: {} });
      return { parameters: { ...(await draft(world)).parameters, contactId: contact.id } };
    },
  },
];
