import { createSuppression } from "@hustings/core/suppressions/commands";
import { newId } from "@hustings/db/ids";
import type { Rows } from "../row";
import type { World } from "../world";

const email = () => `s-${newId()}@example.org`;
const makeSuppression = (world: World) => createSuppression(world.a.ctx, { email: email() });

export const suppressionRows: Rows = [
  {
    operation: "GET /api/suppressions",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeSuppression(world);
      return { query: { search: "example", limit: "5" } };
    },
    refused: () => [{ query: { limit: "0" }, details: ["limit"] }],
  },
  {
    operation: "POST /api/suppressions",
    auth: "admin",
    status: 201,
    errors: [400, 401, 403, 409],
    given: () => ({ body: { email: email() } }),
    refused: () => [{ body: { email: "nobody" }, details: ["email"] }],
    conflicting: async (world) => ({ body: { email: (await makeSuppression(world)).email.toUpperCase() } }),
  },
  {
    operation: "DELETE /api/suppressions/{id}",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeSuppression(world)).id } }),
  },
];
