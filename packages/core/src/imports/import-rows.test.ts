import { type ImportContactsInput, type ImportResult, importContactsInput } from "@hustings/contracts/imports";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { deleteContact } from "../contacts/delete-contact";
import type { WorkspaceContext } from "../context";
import { createField } from "../fields/commands";
import { createTestWorkspace } from "../testing/workspace";
import { importContacts } from "./import-rows";

let database: TestDatabase;
let ctx: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ ctx } = await createTestWorkspace(database));
});

const MAPPING = { Email: "email", First: "firstName", Last: "lastName", Lang: "language", City: "city", Tags: "tags" };
type Rows = ImportContactsInput["rows"];
const bring = (rows: Rows, rest: Partial<ImportContactsInput> = {}, as = ctx): Promise<ImportResult> =>
  importContacts(as, importContactsInput.parse({ rows, mapping: MAPPING, ...rest }));
const address = (name: string) => `${name}-${ctx.workspaceId.slice(-8)}@example.org`;

async function stored(email: string, as = ctx) {
  const row = await as.db.contact.findUnique({ where: { email } });
  if (!row) return null;
  const links = await as.db.contactTag.findMany({ where: { contactId: row.id } });
  const tags = await as.db.tag.findMany({
    where: { id: { in: links.map(({ tagId }) => tagId) }, workspaceId: as.workspaceId },
    orderBy: { name: "asc" },
  });
  expect([...row.tagIds].sort()).toEqual(links.map(({ tagId }) => tagId).sort());
  const workspaces = await as.db.contactWorkspace.findMany({ where: { contactId: row.id } });
  expect([...row.workspaceIds].sort()).toEqual(workspaces.map(({ workspaceId }) => workspaceId).sort());
  return { ...row, tags: tags.map(({ name }) => name) };
}
const contactsHere = () => ctx.db.contactWorkspace.count({ where: { workspaceId: ctx.workspaceId } });

describe("importing rows", () => {
  it("undoes what our export does against formulas", async () => {
    await bring([{ Email: address("ana"), City: "'=1+1", First: "'quoted" }]);
    expect(await stored(address("ana"))).toMatchObject({
      firstName: "'quoted",
      customFields: { [`${ctx.workspaceId}:city`]: "=1+1" },
    });
  });

  it("makes people, with fields, tags made on the way and links in step with their copies", async () => {
    const result = await bring(
      [
        {
          Email: ` ${address("Ana").toUpperCase()} `,
          First: " Ana ",
          Last: "Zupančič",
          Lang: "sl",
          City: "Ljubljana",
          Tags: "volunteer; Podpis",
        },
        { First: "No", Last: "Mail", Other: "ignored" },
      ],
      { constantValues: { _tags: ["csv-import", "VOLUNTEER"] } },
    );
    expect(result).toEqual({ total: 2, created: 2, updated: 0, unchanged: 0, skipped: 0, errors: [] });
    const ana = await stored(address("ana"));
    expect(ana).toMatchObject({
      firstName: "Ana",
      lastName: "Zupančič",
      language: "sl",
      customFields: { [`${ctx.workspaceId}:city`]: "Ljubljana" },
    });
    expect(ana?.tags).toEqual(["Podpis", "csv-import", "volunteer"]);
    expect(await contactsHere()).toBe(2);
    const stats = await ctx.db.workspaceStats.findUnique({ where: { workspaceId: ctx.workspaceId } });
    expect(stats?.contacts).toBe(2n);
  });

  it("lets the second row of an address update the first, and empty cells change nothing", async () => {
    const rows: Rows = [
      { Email: address("a"), First: "Ann", City: "Oslo", Tags: "one" },
      { Email: address("A"), First: "Anna", Last: "Berg", City: "", Tags: "two" },
      { Email: address("a"), First: "Anna" },
    ];
    expect(await bring(rows)).toMatchObject({ total: 3, created: 1, updated: 2, unchanged: 1, skipped: 0 });
    expect(await stored(address("a"))).toMatchObject({
      firstName: "Anna",
      lastName: "Berg",
      customFields: { [`${ctx.workspaceId}:city`]: "Oslo" },
      tags: ["one", "two"],
    });
    expect(await bring([{ Email: address("a"), First: "", City: "Bergen", Tags: "three" }])).toMatchObject({
      created: 0,
      updated: 1,
      unchanged: 0,
    });
    expect(await stored(address("a"))).toMatchObject({
      firstName: "Anna",
      customFields: { [`${ctx.workspaceId}:city`]: "Bergen" },
      tags: ["one", "three", "two"],
    });
  });

  it("skips known people when asked, within the rows too", async () => {
    await bring([{ Email: address("known"), First: "Old" }]);
    const rows = [
      { Email: address("known"), First: "New" },
      { Email: address("fresh"), First: "One" },
      { Email: address("fresh"), First: "Two" },
    ];
    expect(await bring(rows, { skipDuplicates: true })).toMatchObject({ total: 3, created: 1, updated: 0, skipped: 2 });
    expect((await stored(address("known")))?.firstName).toBe("Old");
    expect((await stored(address("fresh")))?.firstName).toBe("One");
  });

  it("names every bad row and lets none stop the others", async () => {
    await createField(ctx, { name: "city", label: "City", fieldType: "select", options: ["Oslo"], sortOrder: 0 });
    const rows: Rows = [
      { Email: "no@@example.org" },
      { Email: address("good"), City: "oslo" },
      { Email: "nobody", Lang: "Slovenščina", City: "Atlantis" },
      { Email: address("long"), First: "x".repeat(201) },
      { Email: address("tag"), Tags: "x".repeat(101) },
      {},
    ];
    const result = await bring(rows);
    expect(result).toMatchObject({ total: 6, created: 1, updated: 0, skipped: 1 });
    expect(result.errors.map(({ row }) => row)).toEqual([1, 3, 4, 5]);
    expect(result.errors[0]?.error).toBe("Email: must be an email address: it has more than one @");
    expect(result.errors[1]?.error).toBe(
      "Email: must be an email address: it has no @; Lang: must be a language code like en or pt-BR; City: must be one of: Oslo",
    );
    expect(result.total).toBe(result.created + result.updated + result.skipped + result.errors.length);
    expect((await stored(address("good")))?.customFields).toEqual({ [`${ctx.workspaceId}:city`]: "Oslo" });
  });

  it("links a person of another workspace, counts them as created, and shows it no more than that", async () => {
    const other = await createTestWorkspace(database);
    await createField((await createTestWorkspace(database, { installationRole: "admin" })).ctx, {
      name: `core${ctx.workspaceId.slice(-6)}`,
      label: "Core",
      fieldType: "text",
      scope: "core",
      sortOrder: 0,
    });
    await bring([{ Email: address("shared"), First: "Theirs", City: "Their city", Tags: "theirs" }], {}, other.ctx);
    const row = { Email: address("shared"), First: "Ours", Last: "Filled", City: "Our city", Tags: "ours" };
    expect(await bring([row], { skipDuplicates: true })).toMatchObject({ created: 1, updated: 0, skipped: 0 });
    expect(await stored(address("shared"))).toMatchObject({
      firstName: "Theirs",
      lastName: "Filled",
      customFields: { [`${ctx.workspaceId}:city`]: "Our city", [`${other.workspaceId}:city`]: "Their city" },
      tags: ["ours"],
    });
    expect(await bring([row])).toMatchObject({ created: 0, updated: 1 });
    expect((await stored(address("shared")))?.firstName).toBe("Ours");
  });

  it("applies constants to every row and refuses those that do not fit", async () => {
    await createField(ctx, { name: "score", label: "Score", fieldType: "number", sortOrder: 0 });
    await bring([{ Email: address("c"), City: "Rome", Lang: "it" }], {
      constantValues: { city: "Paris", score: 7, language: "fr", _tags: "one" },
    });
    expect(await stored(address("c"))).toMatchObject({
      language: "fr",
      customFields: { [`${ctx.workspaceId}:city`]: "Paris", [`${ctx.workspaceId}:score`]: "7" },
      tags: ["one"],
    });
    const refused = bring([{ Email: address("d") }], { constantValues: { score: "many", city: { a: 1 }, email: "x" } });
    await expect(refused).rejects.toMatchObject({
      kind: "invalid",
      details: [
        expect.stringContaining("constantValues.score"),
        expect.stringContaining("constantValues.city"),
        expect.stringContaining("constantValues.email"),
      ],
    });
    expect(await stored(address("d"))).toBeNull();
  });

  it("never re-subscribes anyone, nor an erased person who comes back", async () => {
    const kept = await createContact(ctx, { email: address("kept"), customFields: {} });
    await ctx.db.contact.update({ where: { id: kept.id }, data: { globallyUnsubscribed: true } });
    const erased = await createContact(ctx, { email: address("erased"), customFields: {} });
    await ctx.db.contact.update({ where: { id: erased.id }, data: { globallyUnsubscribed: true } });
    await deleteContact(ctx, { id: erased.id });
    expect(await stored(address("erased"))).toBeNull();
    await bring([
      { Email: address("kept"), First: "K" },
      { Email: address("erased"), First: "E" },
    ]);
    expect(await stored(address("kept"))).toMatchObject({ firstName: "K", globallyUnsubscribed: true });
    expect(await stored(address("erased"))).toMatchObject({ firstName: "E", globallyUnsubscribed: true });
  });

  it("writes one entry in the audit", async () => {
    await bring([{ Email: address("x") }, { Email: address("y") }, { Email: "bad" }]);
    const entries = await ctx.db.auditEntry.findMany({
      where: { workspaceId: ctx.workspaceId, action: "contacts.import" },
    });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.details).toMatchObject({ total: 3, created: 2, errors: 1 });
  });

  it("loses nothing when several imports make the same people at once", async () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ Email: address(`p${index}`), First: "P", Tags: "same" }));
    const results = await Promise.all([bring(rows), bring([...rows].reverse()), bring(rows)]);
    expect(results.reduce((sum, { created }) => sum + created, 0)).toBe(300);
    for (const { created, updated, errors } of results) expect([created + updated, errors]).toEqual([300, []]);
    expect(await contactsHere()).toBe(300);
    expect(await ctx.db.tag.count({ where: { workspaceId: ctx.workspaceId } })).toBe(1);
  });

  it("takes names that a prototype has for what they are", async () => {
    const result = await importContacts(
      ctx,
      importContactsInput.parse({
        rows: [{ constructor: address("proto"), toString: "x" }, {}],
        mapping: { constructor: "email", toString: "constructor", valueOf: "firstName" },
      }),
    );
    expect(result).toMatchObject({ total: 2, created: 1, skipped: 1, errors: [] });
    expect((await stored(address("proto")))?.customFields).toEqual({ [`${ctx.workspaceId}:constructor`]: "x" });
  });

  it("takes 10,000 rows in one call", { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => ({
      Email: address(`many${index}`),
      First: `First ${index}`,
      Last: "Last",
      City: `City ${index % 100}`,
      Tags: "big",
    }));
    const startedAt = performance.now();
    expect(await bring(rows)).toMatchObject({ total: 10_000, created: 10_000 });
    const seconds = (performance.now() - startedAt) / 1_000;
    console.info(`10,000 new rows in one call: ${Math.round(10_000 / seconds)} rows/s`);
    const again = performance.now();
    expect(await bring(rows)).toMatchObject({ updated: 10_000, unchanged: 10_000 });
    console.info(`the same again: ${Math.round(10_000_000 / (performance.now() - again))} rows/s`);
  });
});
