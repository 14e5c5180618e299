import type { CreateFieldInput } from "@hustings/contracts/fields";
import { createField } from "@hustings/core/fields/commands";
import { newId } from "@hustings/db/ids";
import type { Rows } from "../row";
import type { World } from "../world";

const field = (): CreateFieldInput => ({ name: `field ${newId()}`, label: "A field", fieldType: "text", sortOrder: 0 });
const makeField = (world: World) => createField(world.a.ctx, field());

export const fieldRows: Rows = [
  {
    operation: "GET /api/fields",
    auth: "open",
    role: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeField(world);
      return {};
    },
    refused: () => [{ query: { limit: "10001" }, details: ["limit"] }],
  },
  {
    operation: "POST /api/fields",
    auth: "open",
    role: "member",
    status: 201,
    errors: [400, 401, 403, 409],
    given: () => ({ body: { name: `field ${newId()}`, label: "Size", fieldType: "select", options: ["S", "M"] } }),
    refused: () => [
      { body: {}, details: ["name", "label", "fieldType"] },
      { body: { ...field(), fieldType: "colour", sortOrder: "first" }, details: ["fieldType", "sortOrder"] },
      { body: { ...field(), fieldType: "multiselect" }, details: ["options"] },
      { body: { ...field(), name: "email" }, details: ["name"] },
    ],
    conflicting: async (world) => ({ body: { ...field(), name: (await makeField(world)).name.toUpperCase() } }),
  },
  {
    operation: "PUT /api/fields/{id}",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({
      parameters: { id: (await makeField(world)).id },
      body: { label: "Changed", fieldType: "number" },
    }),
    refused: () => [
      { body: { label: "", options: "S" }, details: ["label", "options"] },
      { body: { fieldType: "select" }, details: ["options"] },
      { body: { name: "renamed" }, details: ["name: unknown property"] },
    ],
  },
  {
    operation: "DELETE /api/fields/{id}",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeField(world)).id } }),
  },
];
