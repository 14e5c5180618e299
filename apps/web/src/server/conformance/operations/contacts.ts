import { createContact } from "@hustings/core/contacts/create-contact";
import { addContactTag } from "@hustings/core/contacts/tags";
import { createTag } from "@hustings/core/tags/commands";
import { newId } from "@hustings/db/ids";
import type { Example, Refusal, Rows } from "../row";
import type { World } from "../world";

const newEmail = () => `person-${newId()}@example.org`;
const makeContact = (world: World) =>
  createContact(world.a.ctx, { email: newEmail(), firstName: "Ana", customFields: {} });
const makeTag = (world: World) => createTag(world.a.ctx, { name: `tag ${newId()}` });
const contactAlone = async (world: World): Promise<Example> => ({ parameters: { id: (await makeContact(world)).id } });
const contactAndTag = async (world: World): Promise<Example> => ({
  ...(await contactAlone(world)),
  body: { tagId: (await makeTag(world)).id },
});
const taggedContact = async (world: World): Promise<Example> => {
  const [{ id }, { id: tagId }] = await Promise.all([makeContact(world), makeTag(world)]);
  await addContactTag(world.a.ctx, { id, tagId });
  return { parameters: { id }, body: { tagId } };
};
const manyContacts = async (world: World): Promise<Example> => ({
  query: { ids: `${(await makeContact(world)).id},${newId()}` },
});
const selectionAndTag = async (world: World): Promise<Example> => ({
  body: { selection: { ids: [(await makeContact(world)).id] }, tagId: (await makeTag(world)).id },
});
/** Of the other workspace, and so unknown here. */
const theirTagId = async (world: World) => (await createTag(world.b.ctx, { name: `tag ${newId()}` })).id;

const wrongIds: Refusal[] = [
  { query: {}, details: ["ids"] },
  { query: { ids: "1,2" }, details: ["ids"] },
  { query: { ids: Array.from({ length: 201 }, () => newId()).join(",") }, details: ["ids"] },
];
const wrongTag = async (world: World): Promise<Refusal[]> => [
  { body: {}, details: ["tagId"] },
  { body: { tagId: "1" }, details: ["tagId"] },
  { body: { tagId: newId() }, details: ["tagId: not found"] },
  { body: { tagId: await theirTagId(world) }, details: ["tagId: not found"] },
];
const wrongSelection = async (world: World): Promise<Refusal[]> => [
  { body: { selection: {} }, details: ["selection", "tagId"] },
  { body: { selection: { ids: ["1"] }, tagId: "2" }, details: ["selection", "tagId"] },
  { body: { selection: { ids: [newId()] }, tagId: await theirTagId(world) }, details: ["tagId: not found"] },
];
const wrongFilters = async (world: World): Promise<Refusal[]> => [
  { query: { sortBy: "age", sortOrder: "up", tagId: "1" }, details: ["sortBy", "sortOrder", "tagId"] },
  { query: { tagId: await theirTagId(world) }, details: ["tagId: not found"] },
  { query: { segmentId: newId() }, details: ["segmentId: not found"] },
  { query: { filter: "city=Celje" }, details: ["filter: must be a filter as JSON"] },
  {
    query: { filter: '{"match":"some","conditions":[{"field":""}]}' },
    details: ["filter.match", "filter.conditions.0"],
  },
  {
    query: { filter: '{"match":"all","conditions":[{"field":"createdAt","operator":"after","value":"soon"}]}' },
    details: ["filter.conditions.0.value"],
  },
];

export const contactRows: Rows = [
  {
    operation: "GET /api/contacts",
    auth: "open",
    role: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeContact(world);
      return { query: { search: "person", sortBy: "email", sortOrder: "asc", page: "1", pageSize: "10" } };
    },
    refused: async (world) => [
      { query: { page: "0", pageSize: "201" }, details: ["page", "pageSize"] },
      ...(await wrongFilters(world)),
    ],
  },
  {
    operation: "POST /api/contacts",
    auth: "open",
    role: "member",
    status: 201,
    errors: [400, 401, 403, 409],
    given: () => ({ body: { email: newEmail(), firstName: "Ana", lastName: null, customFields: { city: "Celje" } } }),
    refused: () => [
      {
        body: { email: "ana@", firstName: 1, customFields: { city: 2 } },
        details: ["email", "firstName", "customFields.city"],
      },
    ],
    conflicting: async (world) => ({ body: { email: (await makeContact(world)).email?.toUpperCase() } }),
  },
  {
    operation: "GET /api/contacts/tags",
    auth: "open",
    role: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: manyContacts,
    refused: () => wrongIds,
  },
  {
    operation: "GET /api/contacts/overview",
    auth: "open",
    role: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: manyContacts,
    refused: () => wrongIds,
  },
  {
    operation: "GET /api/contacts/{id}/email-figures",
    auth: "viewer",
    status: 200,
    errors: [401, 403, 404],
    given: async (world) => ({ parameters: { id: (await makeContact(world)).id } }),
  },
  {
    operation: "GET /api/contacts/export",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeContact(world);
      return { query: { sortBy: "lastName" } };
    },
    refused: wrongFilters,
  },
  {
    operation: "POST /api/contacts/bulk/tag",
    auth: "member",
    status: 200,
    errors: [400, 401, 403],
    given: selectionAndTag,
    refused: wrongSelection,
  },
  {
    operation: "POST /api/contacts/bulk/untag",
    auth: "member",
    status: 200,
    errors: [400, 401, 403],
    given: selectionAndTag,
    refused: wrongSelection,
  },
  {
    operation: "POST /api/contacts/bulk/delete",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 409],
    given: async (world) => ({ body: { selection: { ids: [(await makeContact(world)).id] }, expectedCount: 1 } }),
    refused: () => [{ body: { selection: { ids: [] }, expectedCount: 0 }, details: ["selection", "expectedCount"] }],
    conflicting: async (world) => ({ body: { selection: { ids: [(await makeContact(world)).id] }, expectedCount: 2 } }),
  },
  {
    operation: "GET /api/contacts/{id}",
    auth: "open",
    role: "viewer",
    status: 200,
    errors: [401, 403, 404],
    given: contactAlone,
  },
  {
    operation: "PUT /api/contacts/{id}",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403, 404, 409],
    given: async (world) => ({
      ...(await contactAlone(world)),
      body: { firstName: "Anna", language: "pt-BR", globallyUnsubscribed: true },
    }),
    refused: () => [
      {
        body: { email: 1, language: "!", communicationPreferences: { news: "no" } },
        details: ["email", "language", "communicationPreferences"],
      },
      { body: { communicationPreferences: { [newId()]: "subscribed" } }, details: ["communicationPreferences."] },
    ],
    conflicting: async (world) => ({
      ...(await contactAlone(world)),
      body: { email: (await makeContact(world)).email },
    }),
  },
  {
    operation: "DELETE /api/contacts/{id}",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: contactAlone,
  },
  {
    operation: "GET /api/contacts/{id}/tags",
    auth: "open",
    role: "viewer",
    status: 200,
    errors: [400, 401, 403, 404],
    given: contactAlone,
    refused: () => [{ query: { limit: "10001", offset: "-1" }, details: ["limit", "offset"] }],
  },
  {
    operation: "POST /api/contacts/{id}/tags",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    given: contactAndTag,
    refused: wrongTag,
  },
  {
    operation: "DELETE /api/contacts/{id}/tags",
    auth: "open",
    role: "member",
    status: 200,
    errors: [400, 401, 403, 404],
    given: taggedContact,
    refused: wrongTag,
  },
];
