import type { Filter } from "@hustings/contracts/filter";
import { createContact } from "@hustings/core/contacts/create-contact";
import { createSegment } from "@hustings/core/segments/commands";
import type { Rows } from "../row";
import type { World } from "../world";

const filter: Filter = { match: "all", conditions: [{ field: "email", operator: "contains", value: "example" }] };
const wrongFilter = {
  match: "all",
  conditions: [
    { field: "createdAt", operator: "after", value: "soon" },
    { field: "email", operator: "gt", value: 1 },
  ],
};
const misfits = ["filter.conditions.0.value", "filter.conditions.1.operator"];
const unknownFilter = { match: "some", conditions: [{ field: "email", operator: "like" }] };
const makeSegment = (world: World) => createSegment(world.a.ctx, { name: "A segment", filter });

export const segmentRows: Rows = [
  {
    operation: "GET /api/segments",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeSegment(world);
      return { query: { limit: "10" } };
    },
    refused: () => [{ query: { limit: "x" }, details: ["limit"] }],
  },
  {
    operation: "POST /api/segments",
    auth: "admin",
    status: 201,
    errors: [400, 401, 403],
    given: () => ({ body: { name: "Everybody", filter: { match: "all", conditions: [] } } }),
    refused: () => [
      { body: {}, details: ["name", "filter"] },
      { body: { name: "x", filter: wrongFilter }, details: misfits },
      { body: { name: "x", filter: unknownFilter }, details: ["filter.match", "filter.conditions.0.operator"] },
    ],
  },
  { operation: "GET /api/segments/fields", auth: "viewer", status: 200, errors: [401, 403] },
  {
    operation: "POST /api/segments/preview",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: () => ({ body: { filter } }),
    refused: () => [
      { body: {}, details: ["filter"] },
      { body: { filter: wrongFilter }, details: misfits },
    ],
  },
  {
    operation: "POST /api/segments/explain",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => {
      const contact = await createContact(world.a.ctx, { firstName: "Ana", customFields: {} });
      return { body: { filter, contactId: contact.id } };
    },
    refused: () => [
      { body: {}, details: ["filter", "contactId"] },
      { body: { filter: unknownFilter, contactId: "1" }, details: ["filter.match", "contactId"] },
    ],
  },
  {
    operation: "GET /api/segments/{id}",
    auth: "viewer",
    status: 200,
    errors: [401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeSegment(world)).id } }),
  },
  {
    operation: "PUT /api/segments/{id}",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({
      parameters: { id: (await makeSegment(world)).id },
      body: { description: "Changed", filter },
    }),
    refused: () => [
      { body: { name: "", crossWorkspace: "yes" }, details: ["name", "crossWorkspace"] },
      { body: { filter: wrongFilter }, details: misfits },
    ],
  },
  {
    operation: "DELETE /api/segments/{id}",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeSegment(world)).id } }),
  },
];
