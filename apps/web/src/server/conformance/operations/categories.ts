import { createCategory } from "@hustings/core/categories/commands";
import { newId } from "@hustings/db/ids";
import type { Rows } from "../row";
import type { World } from "../world";

const name = () => `category ${newId()}`;
const makeCategory = (world: World) => createCategory(world.a.ctx, { name: name() });

export const categoryRows: Rows = [
  {
    operation: "GET /api/categories",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeCategory(world);
      return {};
    },
    refused: () => [{ query: { offset: "-1" }, details: ["offset"] }],
  },
  {
    operation: "POST /api/categories",
    auth: "admin",
    status: 201,
    errors: [400, 401, 403, 409],
    given: () => ({ body: { name: name(), description: "What it is" } }),
    refused: () => [{ body: { name: "", description: 1 }, details: ["name", "description"] }],
    conflicting: async (world) => ({ body: { name: (await makeCategory(world)).name.toUpperCase() } }),
  },
  {
    operation: "PUT /api/categories/{id}",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404, 409],
    given: async (world) => ({
      parameters: { id: (await makeCategory(world)).id },
      body: { name: name(), description: null },
    }),
    refused: () => [{ body: { name: 1 }, details: ["name"] }],
    conflicting: async (world) => ({
      parameters: { id: (await makeCategory(world)).id },
      body: { name: (await makeCategory(world)).name },
    }),
  },
  {
    operation: "DELETE /api/categories/{id}",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeCategory(world)).id } }),
  },
];
