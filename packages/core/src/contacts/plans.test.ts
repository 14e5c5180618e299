import type { ContactSort, ListContactsInput } from "@hustings/contracts/contacts";
import { type Sql, sql } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceContext } from "../context";
import { createSegment } from "../segments/commands";
import { type CapturedPlan, capturePlans } from "../testing/capture-plans";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { MAX_EXACT_TOTAL } from "./page-ids";
import { getContact, listContacts } from "./queries";
import { SORT_KEY } from "./sort";

vi.setConfig({ testTimeout: 60_000 });

/** Enough for the planner to weigh its ways, and for more matches than are sorted. */
const PEOPLE = 25_000;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let takePlans: () => CapturedPlan[];
/** Has four of five contacts, so that walking pays; the others are in a workspace of 1,000 and in one of the rest. */
let ctx: WorkspaceContext;
let small: WorkspaceContext;
let everywhere: WorkspaceContext;
let tagId: string;
let commonTagId: string;
let segmentId: string;
let someId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  takePlans = await capturePlans(database);
  ctx = (await createTestWorkspace(database)).ctx;
  small = (await createTestWorkspace(database)).ctx;
  const rest = await createTestWorkspace(database);
  const { workspaceId } = await createTestWorkspace(database, { global: true });
  everywhere = (await joinTestWorkspace(database, workspaceId, { role: null, installationRole: "admin" })).ctx;
  [tagId, commonTagId] = [newId(), newId()];
  for (const [id, name] of [
    [tagId, "Volunteer"],
    [commonTagId, "Most"],
  ] as const)
    await database.prisma.tag.create({ data: { id, workspaceId: ctx.workspaceId, name } });
  // Ids in the order of creation, as UUID v7 have it. Term "zebra": the 300 oldest alone. Nulls in every column that
  // may be. The copies of the links stand already, so that the triggers have nothing to do.
  await database.pool.query(
    `insert into contacts (id, email, first_name, last_name, custom_fields, workspace_ids, tag_ids, created_at)
     select ('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       case when n % 7 > 0 then 'person' || n || '@' || (array['mail.example', 'posta.example'])[1 + n % 2] end,
       case when n % 11 > 0 then (array['Ana', 'Bo', 'Žan', 'Émile', 'Jo'])[1 + n % 5] || n end,
       case when n <= 300 then 'Zebra' when n % 13 > 0 then 'Family' || (n % 977) end,
       jsonb_build_object('c:city', 'city' || (n % 100)),
       array[case when n % 5 > 0 then $1::uuid when n % 25 = 0 then $2::uuid else $3::uuid end],
       case when n % 5 = 0 then '{}' when n % 8 = 3 then array[$4::uuid, $5::uuid] else array[$5::uuid] end, now()
     from generate_series(1, $6) n`,
    [ctx.workspaceId, small.workspaceId, rest.workspaceId, tagId, commonTagId, PEOPLE],
  );
  await database.pool.query(
    "insert into contact_workspaces (workspace_id, contact_id) select unnest(workspace_ids), id from contacts",
  );
  await database.pool.query("insert into contact_tags (contact_id, tag_id) select id, unnest(tag_ids) from contacts");
  await database.prisma.fieldDefinition.create({
    data: { scope: "core", name: "city", label: "City", fieldType: "text" },
  });
  const filter = { match: "all" as const, conditions: [{ field: "city", operator: "eq" as const, value: "city7" }] };
  segmentId = (await createSegment(ctx, { name: "Seventh", filter })).id;
  await database.pool.query("vacuum analyze contacts, contact_workspaces, contact_tags");
  someId = (await listContacts(ctx, query())).contacts[0]?.id ?? "";
  takePlans();
}, 120_000);
afterAll(() => database.drop());

const query = (more: Partial<ListContactsInput> = {}): ListContactsInput => ({
  page: 1,
  pageSize: 50,
  sortBy: "createdAt",
  sortOrder: "desc",
  ...more,
});

/** Runs a list and asserts of every statement that it read no table from end to end, and sorted little. */
async function listGuarded(of: WorkspaceContext, more: Partial<ListContactsInput>, maxSorted = MAX_EXACT_TOTAL + 1) {
  takePlans();
  const list = await listContacts(of, query(more));
  const plans = takePlans();
  expect(plans.length).toBeGreaterThan(0);
  for (const { query: text, nodes } of plans) {
    const scans = nodes.filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === "contacts");
    expect(scans, text).toEqual([]);
    for (const node of nodes.filter((each) => each["Node Type"].includes("Sort")))
      expect(node["Actual Rows"], text).toBeLessThanOrEqual(maxSorted);
  }
  return { ...list, indexes: plans.flatMap(({ nodes }) => nodes.flatMap((node) => node["Index Name"] ?? [])), plans };
}

/** The most rows that a node of the plans touched; bitmaps of an index touch none. */
const widest = (plans: CapturedPlan[]) => {
  const nodes = plans.flatMap((plan) => plan.nodes).filter((node) => !node["Node Type"].startsWith("Bitmap Index"));
  return Math.max(...nodes.map((node) => node["Actual Rows"] * node["Actual Loops"]));
};

const sorts: ContactSort[] = ["createdAt", "updatedAt", "email", "firstName", "lastName"];

describe("the plans of lists", () => {
  it.each(sorts.flatMap((sortBy) => [[sortBy, "asc"] as const, [sortBy, "desc"] as const]))(
    "walk an index for %s %s",
    async (sortBy, sortOrder) => {
      const inWorkspace = await listGuarded(ctx, { sortBy, sortOrder });
      expect(inWorkspace.contacts).toHaveLength(50);
      expect(widest(inWorkspace.plans)).toBeLessThan(1_000);
      const all = await listGuarded(everywhere, { sortBy, sortOrder });
      expect(all.total).toBe(PEOPLE);
      expect(widest(all.plans)).toBeLessThan(1_000);
      expect((await listGuarded(small, { sortBy, sortOrder })).total).toBe(1_000);
    },
  );

  it.each(sorts)("hold on the last pages of %s, nulls and all", async (sortBy) => {
    const { total } = await listContacts(ctx, query());
    expect(total).toBe(PEOPLE * 0.8);
    const last = await listGuarded(ctx, { sortBy, page: total / 50 });
    expect(last.contacts).toHaveLength(50);
    const boundary = await listGuarded(everywhere, {
      sortBy,
      page: Math.floor((PEOPLE * 6) / 7 / 200) + 1,
      pageSize: 200,
    });
    expect(boundary.contacts).toHaveLength(200);
  });

  it("use the trigram index with the workspace's condition on, wherever the matches lie", async () => {
    const rare = await listGuarded(ctx, { search: "person4243@" });
    expect(rare.indexes).toContain("contacts_search_trgm");
    expect(rare.total).toBe(1);
    const oldest = await listGuarded(ctx, { search: "zebra" });
    expect(oldest.indexes).toContain("contacts_search_trgm");
    expect(oldest).toMatchObject({ total: 240, totalIsEstimate: false });
    expect(widest(oldest.plans)).toBeLessThan(1_000);
    expect((await listGuarded(ctx, { search: "nobody at all" })).total).toBe(0);
  });

  it("walk for a term that thousands have, and say that the total is a bound", async () => {
    for (const sortBy of sorts) {
      const common = await listGuarded(ctx, { search: "example", sortBy });
      expect(common.contacts).toHaveLength(50);
      expect(common.totalIsEstimate).toBe(true);
      expect(common.total).toBeGreaterThan(MAX_EXACT_TOTAL);
    }
  });

  it("stay near the start of a walk that meets its matches soon", async () => {
    const first = await listGuarded(ctx, { search: "person", sortBy: "email" });
    expect(first.totalIsEstimate).toBe(true);
    expect(widest(first.plans)).toBeLessThanOrEqual(MAX_EXACT_TOTAL + 1);
  });

  it("collect many matches that a walk would meet late, and count them by the way", async () => {
    const late = await listGuarded(ctx, { search: "family", page: 350 }, PEOPLE);
    expect(late).toMatchObject({ totalIsEstimate: false });
    expect(late.total).toBeGreaterThan(MAX_EXACT_TOTAL);
    expect(late.contacts).toHaveLength(50);
  });

  it("answer beginnings from the sort indexes", async () => {
    const list = await listGuarded(ctx, { search: "zA" });
    expect(list.indexes).toContain("contacts_first_name_sort");
    expect(list.contacts[0]?.firstName).toMatch(/^Žan/);
    expect(list.total).toBe(
      await database.prisma.contact.count({
        where: { firstName: { startsWith: "Žan" }, workspaceIds: { has: ctx.workspaceId } },
      }),
    );
  });

  it("filter by tag and segment without reading everything", async () => {
    const tagged = await listGuarded(ctx, { tagId });
    expect(tagged).toMatchObject({
      total: await database.prisma.contactTag.count({ where: { tagId } }),
      totalIsEstimate: false,
    });
    expect((await listGuarded(ctx, { segmentId, sortBy: "lastName" })).total).toBe(PEOPLE / 100);
  });

  it("count a tag that more than ten thousand carry exactly", async () => {
    expect(await listGuarded(ctx, { tagId: commonTagId })).toMatchObject({
      total: PEOPLE * 0.8,
      totalIsEstimate: false,
    });
  });

  it("get one contact by its key", async () => {
    takePlans();
    await getContact(ctx, { id: someId });
    expect(takePlans().flatMap(({ nodes }) => nodes.flatMap((node) => node["Index Name"] ?? []))).toContain(
      "contacts_pkey",
    );
    await expect(getContact(small, { id: someId })).rejects.toMatchObject({ kind: "not_found" });
    await expect(getContact(ctx, { id: newId() })).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("pages of more than is sorted", () => {
  const pageSize = 190;

  async function expectPagesAroundBoundary(
    of: WorkspaceContext,
    sortBy: "email" | "firstName" | "lastName",
    condition: Sql,
    search?: string,
  ) {
    const rows = await database.prisma.$queryRaw<{ id: string; isNull: boolean }[]>`
      select c.id, ${SORT_KEY[sortBy]} is null as "isNull" from contacts c where ${condition}
      order by ${SORT_KEY[sortBy]} desc nulls last, c.id desc`;
    const firstNull = rows.findIndex(({ isNull }) => isNull);
    expect(rows.length).toBeGreaterThan(MAX_EXACT_TOTAL);
    expect(firstNull).toBeGreaterThan(0);
    const boundary = Math.floor(firstNull / pageSize) + 1;
    const last = Math.ceil(rows.length / pageSize);
    for (const page of [1, boundary, boundary + 1, last, last + 1]) {
      const { contacts } = await listGuarded(of, { sortBy, page, pageSize, ...(search ? { search } : {}) }, PEOPLE);
      expect(contacts.map(({ id }) => id)).toEqual(
        rows.slice((page - 1) * pageSize, page * pageSize).map(({ id }) => id),
      );
    }
  }

  it.each([["email", "family"] as const, ["lastName", "example"] as const])(
    "by %s with a filter go over from those who have one to those who have none",
    (sortBy, search) =>
      expectPagesAroundBoundary(
        ctx,
        sortBy,
        sql`c.workspace_ids @> array[${ctx.workspaceId}::uuid] and c.search like ${`%${search}%`}`,
        search,
      ),
  );

  it.each(["email", "lastName", "firstName"] as const)(
    "by %s of everyone go over from those who have one to those who have none",
    (sortBy) => expectPagesAroundBoundary(everywhere, sortBy, sql`true`),
  );
});
