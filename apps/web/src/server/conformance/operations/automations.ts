import type { AutomationConfig } from "@hustings/contracts/automations";
import { createAutomation } from "@hustings/core/automations/commands";
import { runAutomation } from "@hustings/core/automations/run-automation";
import { createContact } from "@hustings/core/contacts/create-contact";
import { createTag } from "@hustings/core/tags/commands";
import { newId } from "@hustings/db/ids";
import type { Example, Rows } from "../row";
import type { World } from "../world";

const config: AutomationConfig = {
  match: "all",
  conditions: [{ field: "firstName", operator: "eq", value: "Ana" }],
  actions: [
    { type: "set_field", field: "language", value: "sl" },
    { type: "add_tag", tag: "Welcomed" },
  ],
};

/** With somebody whom it is for. */
async function makeRule(world: World): Promise<string> {
  await createContact(world.a.ctx, { firstName: "Ana", customFields: {} });
  return (await createAutomation(world.a.ctx, { name: "Welcome", config })).id;
}
const one = async (world: World): Promise<Example> => ({ parameters: { id: await makeRule(world) } });
const onePage = async (world: World): Promise<Example> => ({
  ...(await one(world)),
  query: { page: "1", pageSize: "10" },
});
const wrongPage = () => [{ query: { page: "0", pageSize: "201" }, details: ["page", "pageSize"] }];

/** Bodies around a config that does not fit, by its shape, by its values, and by another workspace's tag. */
const wrongConfigs = async (world: World) => {
  const tag = await createTag(world.b.ctx, { name: `Theirs ${newId()}` });
  const misfit = {
    match: "all",
    conditions: [{ field: "createdAt", operator: "after", value: "soon" }],
    actions: [
      { type: "set_field", field: "email", value: "a@example.org" },
      { type: "add_tag", tag: tag.id },
      { type: "set_field", field: "no_such_field", value: "x" },
      { type: "set_field", field: "globallyUnsubscribed", value: false },
      { type: "set_field", field: "language", value: "not a language" },
    ],
  };
  return [
    {
      config: { match: "some", conditions: [], actions: [{ type: "send" }] },
      details: ["config.match", "config.actions.0"],
    },
    {
      config: misfit,
      details: [
        "config.conditions.0.value",
        "config.actions.0.field",
        "config.actions.1.tag: not found",
        "config.actions.2.field",
        "config.actions.3.value",
        "config.actions.4.value",
      ],
    },
  ];
};

export const automationRows: Rows = [
  {
    operation: "GET /api/automations",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeRule(world);
      return { query: { limit: "10" } };
    },
    refused: () => [{ query: { limit: "x" }, details: ["limit"] }],
  },
  {
    operation: "POST /api/automations",
    auth: "admin",
    status: 201,
    errors: [400, 401, 403],
    given: () => ({ body: { name: "Welcome", description: null, config } }),
    refused: async (world) => [
      { body: {}, details: ["name", "config"] },
      ...(await wrongConfigs(world)).map(({ details, ...body }) => ({ body: { name: "x", ...body }, details })),
    ],
  },
  {
    operation: "POST /api/automations/dry-run",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403],
    given: async (world) => {
      await makeRule(world);
      return { body: { config } };
    },
    refused: async (world) => (await wrongConfigs(world)).map(({ details, ...body }) => ({ body, details })),
  },
  { operation: "GET /api/automations/{id}", auth: "admin", status: 200, errors: [401, 403, 404], given: one },
  {
    operation: "PUT /api/automations/{id}",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => ({ ...(await one(world)), body: { name: "Renamed", isActive: false, config } }),
    refused: async (world) => [
      { body: { name: "", isActive: "no" }, details: ["name", "isActive"] },
      ...(await wrongConfigs(world)).map(({ details, ...body }) => ({ body, details })),
    ],
  },
  { operation: "DELETE /api/automations/{id}", auth: "admin", status: 200, errors: [400, 401, 403, 404], given: one },
  { operation: "POST /api/automations/{id}/run", auth: "admin", status: 200, errors: [400, 401, 403, 404], given: one },
  {
    operation: "GET /api/automations/{id}/runs",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => {
      const example = await onePage(world);
      await runAutomation(world.a.ctx, { id: example.parameters?.id ?? "" });
      return example;
    },
    refused: wrongPage,
  },
  {
    operation: "GET /api/automations/{id}/applications",
    auth: "admin",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => {
      const example = await onePage(world);
      await runAutomation(world.a.ctx, { id: example.parameters?.id ?? "" });
      return example;
    },
    refused: wrongPage,
  },
  {
    operation: "GET /api/contacts/{id}/automations",
    auth: "viewer",
    status: 200,
    errors: [400, 401, 403, 404],
    given: async (world) => {
      const contact = await createContact(world.a.ctx, { firstName: "Ana", customFields: {} });
      const { id } = await createAutomation(world.a.ctx, { name: "Welcome", config });
      await runAutomation(world.a.ctx, { id });
      return { parameters: { id: contact.id }, query: { page: "1", pageSize: "10" } };
    },
    refused: wrongPage,
  },
];
