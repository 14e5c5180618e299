import { createTag } from "@hustings/core/tags/commands";
import { newId } from "@hustings/db/ids";
import type { Rows } from "../row";
import type { World } from "../world";

const name = () => `tag ${newId()}`;
const makeTag = (world: World) => createTag(world.a.ctx, { name: name() });

export const tagRows: Rows = [
  {
    operation: "GET /api/tags",
    auth: "open",
    role: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeTag(world);
      return { query: { limit: "10" } };
    },
    refused: () => [{ query: { limit: "0", offset: "-1" }, details: ["limit", "offset"] }],
  },
  {
    operation: "POST /api/tags",
    auth: "open",
    role: "member",
    status: 201,
    errors: [400, 401, 403, 409],
    given: () => ({ body: { name: name(), color: "#14513f" } }),
    refused: () => [
      { body: {}, details: ["name"] },
      { body: { name: "", color: "#14513" }, details: ["name", "color"] },
    ],
    conflicting: async (world) => ({ body: { name: (await makeTag(world)).name.toUpperCase() } }),
  },
  {
    operation: "PUT /api/tags/{id}",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403, 404, 409],
    given: async (world) => ({ parameters: { id: (await makeTag(world)).id }, body: { name: name() } }),
    refused: () => [{ body: { name: 1, color: 2 }, details: ["name", "color"] }],
    conflicting: async (world) => ({
      parameters: { id: (await makeTag(world)).id },
      body: { name: (await makeTag(world)).name },
    }),
  },
  {
    operation: "DELETE /api/tags/{id}",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeTag(world)).id } }),
  },
];
