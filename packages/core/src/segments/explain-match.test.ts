import type { Filter } from "@hustings/contracts/filter";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { addContactTag } from "../contacts/tags";
import type { WorkspaceContext } from "../context";
import { createTag } from "../tags/commands";
import { createTestWorkspace } from "../testing/workspace";
import { explainMatch } from "./explain-match";

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ ctx } = await createTestWorkspace(database));
});
afterAll(() => database.drop());

it("says of each condition whether it holds, and what the contact has there", async () => {
  const { id: contactId } = await createContact(ctx, { firstName: "Ana", customFields: { city: "Celje" } });
  for (const name of ["Volunteer", "donor"])
    await addContactTag(ctx, { id: contactId, tagId: (await createTag(ctx, { name })).id });
  const at = new Date("2026-11-02T10:00:00.000Z");
  const call = { contactId, workspaceId: ctx.workspaceId, type: "call" as const, occurredAt: at };
  await ctx.db.interaction.create({ data: call });
  const filter: Filter = {
    match: "all",
    conditions: [
      { field: "firstName", operator: "eq", value: "ana" },
      { field: "lastName", operator: "is_set" },
      { field: "city", operator: "neq", value: "Celje" },
      { field: "tags", operator: "has", value: ["Volunteer"] },
      { field: "interactionCount", operator: "gte", value: 1 },
      { field: "interaction.call", operator: "has" },
      { field: `campaign.${newId()}`, operator: "has", value: "sent" },
    ],
  };
  expect(await explainMatch(ctx, { contactId, filter })).toEqual({
    matches: false,
    conditions: [
      { holds: true, value: "Ana" },
      { holds: false, value: null },
      { holds: false, value: "Celje" },
      { holds: true, value: "donor, Volunteer" },
      { holds: true, value: "1" },
      { holds: true, value: at.toISOString() },
      { holds: false, value: null },
    ],
  });
  expect(await explainMatch(ctx, { contactId, filter: { match: "any", conditions: [] } })).toEqual({
    matches: false,
    conditions: [],
  });
});

it("tells nothing of another workspace's contact, nor across workspaces to who is no global admin", async () => {
  const { ctx: other } = await createTestWorkspace(database);
  const { id: contactId } = await createContact(ctx, { firstName: "Bo", customFields: {} });
  const filter: Filter = { match: "all", conditions: [{ field: "firstName", operator: "eq", value: "Bo" }] };
  await expect(explainMatch(other, { contactId, filter })).rejects.toMatchObject({ kind: "not_found" });
  await expect(explainMatch(ctx, { contactId, filter, crossWorkspace: true })).rejects.toMatchObject({
    kind: "forbidden",
  });
});
