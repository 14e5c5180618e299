import { createApiKey } from "@hustings/core/api-keys/commands";
import type { Rows } from "../row";
import type { World } from "../world";

const makeKey = (world: World) => createApiKey(world.a.ctx, { name: "A key" });

export const apiKeyRows: Rows = [
  {
    operation: "GET /api/api-keys",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeKey(world);
      return {};
    },
    refused: () => [{ query: { limit: "0" }, details: ["limit"] }],
  },
  {
    operation: "POST /api/api-keys",
    auth: "admin",
    status: 201,
    errors: [400, 401, 403],
    given: () => ({ body: { name: "Another key" } }),
    refused: () => [{ body: { name: "" }, details: ["name"] }],
  },
  {
    operation: "DELETE /api/api-keys/{id}",
    auth: "recordAdmin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeKey(world)).id } }),
  },
];

export const auditRows: Rows = [
  {
    operation: "GET /api/audit",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeKey(world);
      return { query: { targetType: "apiKey", pageSize: "5" } };
    },
    refused: () => [{ query: { page: "0", pageSize: "201" }, details: ["page", "pageSize"] }],
  },
];
