import type { ContactSort, ListContactsInput } from "@hustings/contracts/contacts";
import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { WorkspaceContext } from "../context";
import { createSegment } from "../segments/commands";
import { createTag } from "../tags/commands";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { createContact } from "./create-contact";
import { listContacts } from "./queries";
import { SORT_KEY, toDirection } from "./sort";
import { addContactTag } from "./tags";

vi.setConfig({ testTimeout: 60_000 });

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

const query = (more: Partial<ListContactsInput> = {}): ListContactsInput => ({
  page: 1,
  pageSize: 50,
  sortBy: "createdAt",
  sortOrder: "desc",
  ...more,
});
const find = async (search: string, of = ctx) => {
  const { contacts } = await listContacts(of, query({ search, sortBy: "email", sortOrder: "asc" }));
  return contacts.map((contact) => contact.firstName ?? contact.email ?? "");
};

type Person = { email: string | null; firstName: string | null; lastName: string | null };

/** Inserts without ceremony: a test of lists needs many people, not their rules. */
async function addPeople(of: WorkspaceContext, people: Partial<Person>[], updatedAt = new Date()): Promise<string[]> {
  const rows = people.map((person) => ({ id: newId(), email: null, firstName: null, lastName: null, ...person }));
  await database.prisma.contact.createMany({ data: rows.map((row) => ({ ...row, updatedAt })) });
  await database.prisma.contactWorkspace.createMany({
    data: rows.map(({ id }) => ({ contactId: id, workspaceId: of.workspaceId })),
  });
  return rows.map(({ id }) => id);
}

describe("listContacts", () => {
  it("holds the workspace's contacts alone, newest first, with the total", async () => {
    const ids = await addPeople(ctx, [{ firstName: "A" }, { firstName: "B" }, { firstName: "C" }]);
    await addPeople(other, [{ firstName: "X" }]);
    const list = await listContacts(ctx, query({ pageSize: 2 }));
    expect(list.contacts.map(({ id }) => id)).toEqual(ids.reverse().slice(0, 2));
    expect(list).toMatchObject({ total: 3, page: 1, pageSize: 2, totalIsEstimate: false });
    expect((await listContacts(ctx, query({ page: 9 }))).contacts).toEqual([]);
  });

  it("sorts without regard to case and accents, nulls last both ways", async () => {
    await addPeople(ctx, [
      { lastName: "Éclair" },
      { lastName: "eagle" },
      {},
      { lastName: "ECRU" },
      { lastName: "Žabnik" },
    ]);
    const names = async (sortOrder: "asc" | "desc") =>
      (await listContacts(ctx, query({ sortBy: "lastName", sortOrder }))).contacts.map((contact) => contact.lastName);
    expect(await names("asc")).toEqual(["eagle", "Éclair", "ECRU", "Žabnik", null]);
    expect(await names("desc")).toEqual(["Žabnik", "ECRU", "Éclair", "eagle", null]);
  });

  it("finds a substring of the email or of the whole name, ignoring case and accents", async () => {
    await addPeople(ctx, [
      { firstName: "Þórdís", lastName: "Guðmundsdóttir", email: `thordis-${newId()}@gudmunds.example` },
      { firstName: "Ana", lastName: "Novak" },
      { firstName: "Юлия", lastName: "Ёлкина" },
    ]);
    await addPeople(other, [{ firstName: "Anastasia", lastName: "Novak" }]);
    expect(await find("ordis gu")).toEqual(["Þórdís"]);
    expect(await find("MUNDS.EX")).toEqual(["Þórdís"]);
    expect(await find("na nov")).toEqual(["Ana"]);
    expect(await find("ЁЛКИ")).toEqual(["Юлия"]);
    expect(await find("novak ana")).toEqual([]);
  });

  it("takes a term of one or two letters for a beginning", async () => {
    await addPeople(ctx, [
      { firstName: "Jo", lastName: "Bend" },
      { firstName: "Bo", lastName: "Ájo" },
      { firstName: "M", email: `jo-${newId()}@example.org` },
    ]);
    expect((await find("jo")).sort()).toEqual(["Jo", "M"]);
    expect(await find("A")).toEqual(["Bo"]);
    expect(await find("nd")).toEqual([]);
  });

  it("takes wildcards, quotes and backslashes for what they are, full-width ones too", async () => {
    const odd = ["100% sure", "a_b_c", "back\\slash", 'it\'s "quoted"', "plain text", "％％％"];
    await addPeople(
      ctx,
      odd.map((firstName) => ({ firstName })),
    );
    expect(await find("00% s")).toEqual(["100% sure"]);
    expect(await find("a_b")).toEqual(["a_b_c"]);
    expect(await find("k\\s")).toEqual(["back\\slash"]);
    expect(await find("'s \"q")).toEqual(['it\'s "quoted"']);
    expect(await find("___")).toEqual([]);
    expect(await find("％％％")).toEqual(["％％％"]);
    expect(await find("_")).toEqual([]);
    expect(await find("%")).toEqual(["％％％"]);
  });

  it("searches no custom field and nothing of another workspace", async () => {
    await createContact(other, { email: `z-${newId()}@example.org`, customFields: { code: "needle" } });
    await createContact(ctx, { firstName: "Ana", customFields: { code: "needle" } });
    expect(await find("needle")).toEqual([]);
  });

  it("filters by tag, by segment and by a filter that nobody saved, and all together with a search", async () => {
    const [ana, bo] = await Promise.all(
      ["Ana", "Bo"].map((firstName) =>
        createContact(ctx, { firstName, lastName: "Novak", customFields: { city: "Celje" } }),
      ),
    );
    await createContact(ctx, { firstName: "Cene", lastName: "Novak", customFields: {} });
    const tag = await createTag(ctx, { name: "Volunteer" });
    for (const { id } of [ana!, bo!]) await addContactTag(ctx, { id, tagId: tag.id });
    const segment = await createSegment(ctx, {
      name: "B",
      filter: { match: "all", conditions: [{ field: "firstName", operator: "starts_with", value: "b" }] },
    });
    const names = async (more: Partial<ListContactsInput>) => {
      const { contacts, total } = await listContacts(ctx, query({ sortBy: "firstName", sortOrder: "asc", ...more }));
      expect(contacts).toHaveLength(total);
      return contacts.map((contact) => contact.firstName);
    };
    expect(await names({ tagId: tag.id })).toEqual(["Ana", "Bo"]);
    expect(await names({ segmentId: segment.id })).toEqual(["Bo"]);
    expect(await names({ tagId: tag.id, segmentId: segment.id, search: "novak" })).toEqual(["Bo"]);
    expect(await names({ tagId: tag.id, search: "cene" })).toEqual([]);
    const filter = JSON.stringify({ match: "all", conditions: [{ field: "city", operator: "eq", value: "Celje" }] });
    expect(await names({ filter })).toEqual(["Ana", "Bo"]);
    expect(await names({ filter, tagId: tag.id, segmentId: segment.id, search: "novak" })).toEqual(["Bo"]);
    await expect(listContacts(other, query({ tagId: tag.id }))).rejects.toMatchObject({
      kind: "invalid",
      details: ["tagId: not found"],
    });
    await expect(listContacts(other, query({ segmentId: segment.id }))).rejects.toMatchObject({
      kind: "invalid",
      details: ["segmentId: not found"],
    });
  });

  it("shows every contact to a global admin in the global workspace, and to nobody else", async () => {
    const globalMember = await createTestWorkspace(database, { role: "admin", global: true });
    const globalAdmin = await joinTestWorkspace(database, globalMember.workspaceId, {
      role: null,
      installationRole: "admin",
    });
    const [id] = await addPeople(other, [{ firstName: "Elsewhere", lastName: `L${newId()}` }]);
    const all = await listContacts(globalAdmin.ctx, query());
    expect(all.total).toBe(await database.prisma.contact.count());
    expect(all.contacts[0]?.id).toBe(id);
    expect(await find("elsewhere", globalAdmin.ctx)).toContain("Elsewhere");
    expect((await listContacts(globalMember.ctx, query())).total).toBe(0);
    const adminElsewhere = await joinTestWorkspace(database, ctx.workspaceId, {
      role: null,
      installationRole: "admin",
    });
    expect((await listContacts(adminElsewhere.ctx, query())).total).toBe(0);
  });
});

describe("pages", () => {
  const NAMES = [null, "ana", "Ana", "ÁNA", "bo", "Žan", "zan", ""];
  const person = fc.record({
    firstName: fc.constantFrom(...NAMES),
    lastName: fc.constantFrom(...NAMES),
    hasEmail: fc.boolean(),
  });
  const sorts: ContactSort[] = ["createdAt", "updatedAt", "email", "firstName", "lastName"];

  /** Reads all pages, one by one. */
  async function readAll(input: Omit<ListContactsInput, "page">, total: number) {
    const ids: string[] = [];
    for (let page = 1; page <= Math.ceil(total / input.pageSize) + 1; page++) {
      const list = await listContacts(ctx, { ...input, page });
      expect(list.total).toBe(total);
      ids.push(...list.contacts.map(({ id }) => id));
    }
    return ids;
  }

  it("never repeat or lose a contact, whatever the sort, the nulls, the ties and the size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(...sorts),
        fc.constantFrom("asc" as const, "desc" as const),
        fc.constantFrom(undefined, "an", "ana", "@example"),
        async (people, pageSize, sortBy, sortOrder, search) => {
          ctx = (await createTestWorkspace(database)).ctx;
          const rows = people.map(({ hasEmail, ...names }) => ({
            ...names,
            email: hasEmail ? `${newId()}@example.org` : null,
          }));
          await addPeople(ctx, rows);
          const everybody = (
            await listContacts(ctx, query({ pageSize: 200, ...(search ? { search } : {}) }))
          ).contacts.map(({ id }) => id);
          const input = { pageSize, sortBy, sortOrder, ...(search ? { search } : {}) };
          const ids = await readAll(input, everybody.length);
          expect(ids).toHaveLength(everybody.length);
          expect(new Set(ids)).toEqual(new Set(everybody));
        },
      ),
      { numRuns: 30 },
    );
  });

  it("walk the whole installation in the order that sorting it would give", async () => {
    const { workspaceId } = await createTestWorkspace(database, { global: true });
    ctx = (await joinTestWorkspace(database, workspaceId, { role: null, installationRole: "admin" })).ctx;
    await addPeople(
      other,
      NAMES.map((firstName, index) => ({ firstName, email: index % 2 ? `${newId()}@example.org` : null })),
    );
    for (const sortBy of sorts) {
      for (const sortOrder of ["asc", "desc"] as const) {
        const sorted = await database.prisma.$queryRaw<{ id: string }[]>`
          select c.id from contacts c order by ${SORT_KEY[sortBy]} ${toDirection(sortOrder)} nulls last, c.id ${toDirection(sortOrder)}`;
        const ids = await readAll({ pageSize: 37, sortBy, sortOrder }, sorted.length);
        expect(ids).toEqual(sorted.map(({ id }) => id));
      }
    }
  });
});
