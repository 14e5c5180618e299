import type { ExportContactsInput } from "@hustings/contracts/contacts";
import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { createTag } from "../tags/commands";
import { createTestWorkspace } from "../testing/workspace";
import { createContact } from "./create-contact";
import { exportContacts } from "./export";
import { addContactTag } from "./tags";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: WorkspaceContext;
let other: WorkspaceContext;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = (await createTestWorkspace(database)).ctx;
  other = (await createTestWorkspace(database)).ctx;
});

const ALL: ExportContactsInput = { sortBy: "createdAt", sortOrder: "asc" };

async function readText(of: WorkspaceContext, input = ALL): Promise<string> {
  let text = "";
  for await (const piece of exportContacts(of, input)) text += piece;
  return text;
}
const readRows = async (of: WorkspaceContext, input = ALL) =>
  parse(await readText(of, input), { bom: true, columns: true }) as Record<string, string>[];

describe("exportContacts", () => {
  it("writes what the caller sees, in the order asked for", async () => {
    await database.prisma.fieldDefinition.create({
      data: { workspaceId: ctx.workspaceId, name: "city", label: "City", fieldType: "text" },
    });
    const email = `ana-${newId()}@example.org`;
    const ana = await createContact(ctx, {
      email,
      firstName: "Ana",
      customFields: { city: "Šoštanj", free: 'a, "b"\nc' },
    });
    await createContact(ctx, { firstName: "Bo", customFields: {} });
    await createContact(other, { email, customFields: { secret: "theirs" } });
    for (const name of ["Volunteer", "donor"])
      await addContactTag(ctx, { id: ana.id, tagId: (await createTag(ctx, { name })).id });
    const rows = await readRows(ctx, { sortBy: "firstName", sortOrder: "desc" });
    expect(rows.map((row) => row.firstName)).toEqual(["Bo", "Ana"]);
    expect(rows[1]).toMatchObject({
      id: ana.id,
      email,
      lastName: "",
      globallyUnsubscribed: "false",
      tags: "donor;Volunteer",
      city: "Šoštanj",
      free: 'a, "b"\nc',
      createdAt: ana.createdAt,
    });
    expect(Object.keys(rows[1]!)).toEqual([
      "id",
      "email",
      "firstName",
      "lastName",
      "language",
      "globallyUnsubscribed",
      "tags",
      "city",
      "free",
      "createdAt",
      "updatedAt",
    ]);
    expect((await readRows(ctx, { ...ALL, search: "ana" })).map((row) => row.id)).toEqual([ana.id]);
  });

  it("writes only those named by id, and of them nobody whom the caller does not see", async () => {
    const ana = await createContact(ctx, { firstName: "Ana", customFields: {} });
    await createContact(ctx, { firstName: "Bo", customFields: {} });
    const theirs = await createContact(other, { firstName: "Eve", customFields: {} });
    const rows = await readRows(ctx, { ...ALL, ids: `${ana.id}, ${theirs.id}` });
    expect(rows.map((row) => row.firstName)).toEqual(["Ana"]);
  });

  it("makes no cell a formula, headers among them", async () => {
    const starts = ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "＝1"];
    for (const value of starts)
      await createContact(ctx, { firstName: "x", customFields: { note: value, "=header": "y" } });
    const text = await readText(ctx);
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row.note)).toEqual(starts.map((value) => `'${value}`));
    expect(Object.keys(rows[0]!)).toContain("'=header");
  });

  it("goes through more than a batch without losing or repeating anyone", async () => {
    const ids = Array.from({ length: 2_345 }, () => newId());
    await database.prisma.contact.createMany({
      data: ids.map((id) => ({ id, lastName: "Tie", workspaceIds: [ctx.workspaceId] })),
    });
    expect((await readRows(ctx, { sortBy: "lastName", sortOrder: "asc" })).map((row) => row.id)).toEqual(ids);
  });

  it("gives its connection back when the reader leaves early, and refuses what is too many at once", async () => {
    await createContact(ctx, { customFields: {} });
    const readers = [];
    for (let reader = 0; reader < 3; reader++) {
      const pieces = exportContacts(ctx, ALL);
      await pieces.next();
      await pieces.next();
      readers.push(pieces);
    }
    await expect(readText(ctx)).rejects.toMatchObject({ kind: "unavailable", retryAfterSeconds: 10 });
    for (const pieces of readers) await pieces.return(undefined);
    for (let turn = 0; turn < 12; turn++) {
      const pieces = exportContacts(ctx, ALL);
      await pieces.next();
      await pieces.next();
      await pieces.return(undefined);
    }
    expect(await readRows(ctx)).toHaveLength(1);
  });

  it("refuses a tag of another workspace before it writes anything", async () => {
    const { id } = await createTag(other, { name: "Theirs" });
    await expect(exportContacts(ctx, { ...ALL, tagId: id }).next()).rejects.toMatchObject({
      kind: "invalid",
      details: ["tagId: not found"],
    });
  });
});
