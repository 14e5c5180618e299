import { createTestUser, createTestWorkspace, joinTestWorkspace } from "@hustings/core/testing/workspace";
import { newId } from "@hustings/db/ids";
import type { Rows } from "../row";
import type { World } from "../world";

const makeWorkspace = async (world: World) => (await createTestWorkspace(world.database)).workspaceId;
const slugOf = async (world: World, id: string) =>
  (await world.database.prisma.workspace.findUniqueOrThrow({ where: { id } })).slug;
const makeMember = async (world: World) =>
  (await joinTestWorkspace(world.database, world.a.workspaceId, { role: "member" })).user;
const ofMember = async (world: World) => ({ id: world.a.workspaceId, userId: (await makeMember(world)).id });

export const workspaceRows: Rows = [
  {
    operation: "GET /api/workspaces",
    auth: "session",
    status: 200,
    errors: [400, 401],
    refused: () => [{ query: { limit: "-1" }, details: ["limit"] }],
  },
  {
    operation: "POST /api/workspaces",
    auth: "globalAdmin",
    status: 201,
    errors: [400, 401, 403, 409],
    given: () => ({ body: { name: "Another", slug: `s-${newId()}` } }),
    refused: () => [{ body: { name: "", slug: "No Slug" }, details: ["name", "slug"] }],
    conflicting: async (world) => ({ body: { name: "Another", slug: await slugOf(world, world.a.workspaceId) } }),
  },
  {
    operation: "PUT /api/workspaces/{id}",
    auth: "recordAdmin",
    status: 200,
    errors: [400, 401, 403, 404, 409],
    given: (world) => ({
      parameters: { id: world.a.workspaceId },
      body: {
        name: `Renamed ${newId()}`,
        timeZone: "Europe/Ljubljana",
        postalAddress: "River Street 1, Ljubljana",
        scriptsMaySend: false,
      },
    }),
    refused: () => [
      { body: { name: 1, slug: "-" }, details: ["name", "slug"] },
      {
        body: {
          senderName: "",
          senderEmail: "nobody",
          replyTo: 1,
          timeZone: "+02:00",
          postalAddress: "a\nb",
          scriptsMaySend: "yes",
        },
        details: ["senderName", "senderEmail", "replyTo", "timeZone", "postalAddress", "scriptsMaySend"],
      },
    ],
    conflicting: async (world) => ({
      parameters: { id: world.a.workspaceId },
      body: { slug: await slugOf(world, world.b.workspaceId) },
    }),
  },
  {
    operation: "DELETE /api/workspaces/{id}",
    auth: "globalAdmin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: { id: await makeWorkspace(world) } }),
  },
  {
    operation: "GET /api/workspaces/{id}/members",
    auth: "recordAdmin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: (world) => ({ parameters: { id: world.a.workspaceId } }),
    refused: () => [{ query: { offset: "x" }, details: ["offset"] }],
  },
  {
    operation: "POST /api/workspaces/{id}/members",
    auth: "recordAdmin",
    status: 201,
    errors: [400, 401, 403, 404, 409],
    given: (world) => ({
      parameters: { id: world.a.workspaceId },
      body: { email: `m-${newId()}@example.org`, role: "viewer" },
    }),
    refused: () => [{ body: { email: "nobody", role: "owner" }, details: ["email", "role"] }],
    conflicting: async (world) => ({
      parameters: { id: world.a.workspaceId },
      body: { email: (await makeMember(world)).email, role: "viewer" },
    }),
  },
  {
    operation: "PUT /api/workspaces/{id}/members/{userId}",
    auth: "recordAdmin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: await ofMember(world), body: { role: "viewer" } }),
    refused: () => [{ body: { role: 1 }, details: ["role"] }],
  },
  {
    operation: "DELETE /api/workspaces/{id}/members/{userId}",
    auth: "recordAdmin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ parameters: await ofMember(world) }),
  },
];

export const userRows: Rows = [
  {
    operation: "GET /api/users",
    auth: "globalAdmin",
    status: 200,
    errors: [400, 401, 403],
    given: () => ({ query: { search: "example", limit: "5" } }),
    refused: () => [{ query: { limit: "99999" }, details: ["limit"] }],
  },
  {
    operation: "PUT /api/users/{id}",
    auth: "globalAdmin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({
      parameters: { id: (await createTestUser(world.database)).id },
      body: { role: "viewer" },
    }),
    refused: () => [{ body: {}, details: ["role"] }],
  },
];
