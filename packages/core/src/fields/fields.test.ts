import type { CreateFieldInput, FieldDefinition } from "@hustings/contracts/fields";
import { createTestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { getContact } from "../contacts/queries";
import { updateContact } from "../contacts/update-contact";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { createField, deleteField, updateField } from "./commands";
import { listFields } from "./queries";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: WorkspaceContext;
let other: WorkspaceContext;
let globalAdmin: WorkspaceContext;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = (await createTestWorkspace(database, { role: "member" })).ctx;
  other = (await createTestWorkspace(database, { role: "member" })).ctx;
  globalAdmin = (await joinTestWorkspace(database, ctx.workspaceId, { role: null, installationRole: "admin" })).ctx;
});

const text = (name: string, more: Partial<CreateFieldInput> = {}): CreateFieldInput => ({
  name,
  label: name,
  fieldType: "text",
  sortOrder: 0,
  ...more,
});
const names = async (of: WorkspaceContext) =>
  (await listFields(of, { limit: 1_000, offset: 0 })).fields.map((field) => field.name);
const everything = { limit: 1_000, offset: 0 };
const drop = (field: FieldDefinition) => deleteField(globalAdmin, { id: field.id });

describe("fields", () => {
  it("are listed by sortOrder, then name, with the total", async () => {
    await createField(ctx, text("zeta"));
    await createField(ctx, text("alpha"));
    await createField(ctx, text("last", { sortOrder: 5 }));
    const { fields, total } = await listFields(ctx, { limit: 2, offset: 1 });
    expect(fields.map((field) => field.name)).toEqual(["zeta", "last"]);
    expect(total).toBe(3);
  });

  it("belong to their workspace", async () => {
    const mine = await createField(ctx, text("mine"));
    expect(mine).toMatchObject({ scope: "workspace", workspaceId: ctx.workspaceId, options: null });
    expect(await names(other)).toEqual([]);
    await expect(updateField(other, { id: mine.id, label: "theirs" })).rejects.toMatchObject({ kind: "not_found" });
    await expect(deleteField(other, { id: mine.id })).rejects.toMatchObject({ kind: "not_found" });
    expect(await names(ctx)).toEqual(["mine"]);
  });

  it("are unique in their scope, ignoring case, and may repeat in another", async () => {
    await createField(ctx, text("City"));
    await expect(createField(ctx, text("cITY"))).rejects.toMatchObject({ kind: "conflict" });
    await createField(other, text("City"));
    const core = await createField(globalAdmin, text("City", { scope: "core" }));
    await expect(createField(globalAdmin, text("city", { scope: "core" }))).rejects.toMatchObject({ kind: "conflict" });
    await drop(core);
  });

  it("of all workspaces are made, changed and deleted by global admins alone", async () => {
    await expect(createField(ctx, text("c", { scope: "core" }))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(createField(ctx, text("g", { scope: "global_internal" }))).rejects.toMatchObject({
      kind: "forbidden",
    });
    const core = await createField(globalAdmin, text("c", { scope: "core" }));
    const internal = await createField(globalAdmin, text("g", { scope: "global_internal" }));
    expect(core.workspaceId).toBeNull();
    expect(await names(other)).toEqual(["c"]);
    expect(await names(globalAdmin)).toEqual(["c", "g"]);
    await expect(updateField(ctx, { id: core.id, label: "x" })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(deleteField(ctx, { id: core.id })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(updateField(ctx, { id: internal.id, label: "x" })).rejects.toMatchObject({ kind: "not_found" });
    await drop(core);
    await drop(internal);
    expect(await names(globalAdmin)).toEqual([]);
  });

  it("go into another workspace by a global admin's hand alone, and nobody learns whether it exists", async () => {
    const missing = "01890000-0000-7000-8000-000000000000";
    const refusals = await Promise.all(
      [other.workspaceId, missing].map((workspaceId) =>
        createField(ctx, text("x", { workspaceId })).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(refusals).size).toBe(1);
    await expect(createField(ctx, text("x", { workspaceId: other.workspaceId }))).rejects.toMatchObject({
      kind: "forbidden",
    });
    await createField(ctx, text("own", { workspaceId: ctx.workspaceId }));
    await createField(globalAdmin, text("theirs", { workspaceId: other.workspaceId }));
    expect(await names(other)).toEqual(["theirs"]);
    await expect(createField(globalAdmin, text("x", { workspaceId: missing }))).rejects.toMatchObject({
      kind: "invalid",
      details: ["workspaceId: not found"],
    });
    await expect(
      createField(globalAdmin, text("x", { scope: "core", workspaceId: ctx.workspaceId })),
    ).rejects.toMatchObject({ kind: "invalid" });
  });

  it("of a choice need options, and every problem is named", async () => {
    const select = (options: string[] | null) => createField(ctx, text("size", { fieldType: "multiselect", options }));
    await expect(select(null)).rejects.toMatchObject({ details: ["options: a multiselect field needs at least one"] });
    await expect(select(["a;b", "S", "s"])).rejects.toMatchObject({
      details: ["options.0: must not contain ;", 'options.2: "s" is there twice'],
    });
    await expect(createField(ctx, text("email", { options: ["a"] }))).rejects.toMatchObject({
      details: ["options: a text field has none", "name: is a contact's own property"],
    });
    const size = await select(["S", "M"]);
    expect(size.options).toEqual(["S", "M"]);
    await expect(updateField(ctx, { id: size.id, options: null })).rejects.toMatchObject({ kind: "invalid" });
    expect((await updateField(ctx, { id: size.id, fieldType: "text" })).options).toBeNull();
    await expect(updateField(ctx, { id: size.id, fieldType: "select" })).rejects.toMatchObject({ kind: "invalid" });
  });

  it("check and canonicalise what contacts hold, and name every misfit", async () => {
    await createField(ctx, text("age", { fieldType: "number" }));
    await createField(ctx, text("member", { fieldType: "boolean" }));
    await expect(
      createContact(ctx, { customFields: { age: "old", member: "maybe", free: "text" } }),
    ).rejects.toMatchObject({
      kind: "invalid",
      details: ["customFields.age: must be a number", "customFields.member: must be true or false"],
    });
    const contact = await createContact(ctx, { customFields: { age: "042", member: "YES", free: " as is " } });
    expect(contact.customFields).toEqual({ age: "42", member: "true", free: " as is " });
  });

  it("bring values into the form of a new type, and keep what does not fit", async () => {
    const field = await createField(ctx, text("age"));
    const [fits, misfits] = await Promise.all([
      createContact(ctx, { customFields: { age: "+7.0" } }),
      createContact(ctx, { customFields: { age: "n/a" } }),
    ]);
    await updateField(ctx, { id: field.id, fieldType: "number" });
    expect((await getContact(ctx, fits)).customFields).toEqual({ age: "7" });
    expect((await getContact(ctx, misfits)).customFields).toEqual({ age: "n/a" });
    await expect(updateContact(ctx, { id: misfits.id, customFields: { age: "n/b" } })).rejects.toMatchObject({
      kind: "invalid",
    });
  });

  it("take over what was kept under their name without a definition", async () => {
    const contact = await createContact(ctx, { customFields: { age: "1e1" } });
    await createField(ctx, text("age", { fieldType: "number" }));
    expect((await getContact(ctx, contact)).customFields).toEqual({ age: "10" });
  });

  it("hide what was kept under their name in a nearer place, and give it back", async () => {
    const contact = await createContact(ctx, { customFields: { region: "mine" } });
    const core = await createField(globalAdmin, text("region", { scope: "core" }));
    expect((await getContact(ctx, contact)).customFields).toEqual({});
    await updateContact(ctx, { id: contact.id, customFields: { region: "theirs" } });
    expect((await getContact(ctx, contact)).customFields).toEqual({ region: "theirs" });
    await drop(core);
    expect((await getContact(ctx, contact)).customFields).toEqual({ region: "mine" });
  });

  it("leave no value behind, and only their own", async () => {
    const field = await createField(ctx, text("city"));
    await createField(other, text("city"));
    const mine = await createContact(ctx, {
      email: `a-${field.id}@example.org`,
      customFields: { city: "Celje", plan: "pro" },
    });
    await createContact(other, { email: `a-${field.id}@example.org`, customFields: { city: "Graz" } });
    await deleteField(ctx, { id: field.id });
    expect((await getContact(ctx, mine)).customFields).toEqual({ plan: "pro" });
    expect((await getContact(other, mine)).customFields).toEqual({ city: "Graz" });
    const entry = await database.prisma.auditEntry.findFirst({
      where: { action: "fields.delete", targetId: field.id },
    });
    expect(entry?.details).toMatchObject({ name: "city", contacts: 1 });
  });

  it("of all workspaces are written and read everywhere, internal ones by global admins alone", async () => {
    const core = await createField(globalAdmin, text("region", { scope: "core" }));
    const internal = await createField(globalAdmin, text("rating", { scope: "global_internal" }));
    const email = `shared-${core.id}@example.org`;
    const contact = await createContact(globalAdmin, { email, customFields: { region: "East", rating: "A" } });
    await createContact(other, { email, customFields: { region: "West" } });
    expect((await getContact(other, contact)).customFields).toEqual({ region: "East" });
    expect((await getContact(globalAdmin, contact)).customFields).toEqual({ region: "East", rating: "A" });
    // For who does not see it, the name is free, and meets nothing.
    await updateContact(ctx, { id: contact.id, customFields: { rating: "", region: "North" } });
    await updateContact(ctx, { id: contact.id, customFields: { rating: "mine" } });
    expect((await getContact(ctx, contact)).customFields).toEqual({ region: "North", rating: "mine" });
    expect((await getContact(globalAdmin, contact)).customFields).toEqual({ region: "North", rating: "A" });
    await drop(core);
    await drop(internal);
    expect((await listFields(globalAdmin, everything)).total).toBe(0);
  });
});
