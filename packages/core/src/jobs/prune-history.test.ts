import { sql } from "@hustings/db/client";
import { deleteInChunks } from "@hustings/db/delete-in-chunks";
import { firstIdAt, newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { capturePlans } from "../testing/capture-plans";
import { createTestUser, testCoreContext } from "../testing/workspace";
import { pruneApplications, pruneTicketMails } from "./prune-history";

const DAYS = 100;
const KEPT = 5_000;

let database: TestDatabase;
let takePlans: Awaited<ReturnType<typeof capturePlans>>;
beforeAll(async () => {
  database = await createTestDatabase();
  takePlans = await capturePlans(database);
});
afterAll(() => database.drop());

const daysAgo = (days: number) => firstIdAt(new Date(Date.now() - days * 24 * 60 * 60_000));
/** Rows of one age; their ids differ in what is left to chance. */
const insertApplications = (days: number, count: number) =>
  database.pool.query(
    `insert into automation_applications (id, workspace_id, rule_id, rule_name, contact_id, outcome, cause, round, changes)
     select (left($1, 14) || '7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $2, $2, 'A rule', $2, 'applied', 'changed', 0, '[]'
     from generate_series(1, $3::int) n`,
    [daysAgo(days), newId(), count],
  );

it("forgets what rules did long ago, found by the primary key, and keeps the rest", async () => {
  await insertApplications(DAYS + 1, 5);
  await insertApplications(DAYS - 1, KEPT);
  await database.pool.query("analyze automation_applications");
  takePlans();
  const ctx = testCoreContext(database);
  expect(await pruneApplications(ctx, DAYS)).toBe(5);
  expect(await pruneApplications(ctx, DAYS)).toBe(0);
  const used = takePlans().flatMap(({ nodes }) => nodes.map((node) => node["Index Name"] ?? node["Node Type"]));
  expect(used).toContain("automation_applications_pkey");
  expect(used).not.toContain("Seq Scan");
  expect(await database.prisma.automationApplication.count()).toBe(KEPT);
});

it("deletes in parts until nothing is left", async () => {
  await insertApplications(DAYS + 2, 5);
  const old = sql`id < ${daysAgo(DAYS)}::uuid`;
  takePlans();
  expect(await deleteInChunks(database.prisma, sql`automation_applications`, old, 2)).toBe(5);
  expect(takePlans()).toHaveLength(4);
});

it("forgets to whom old replies were mailed, and keeps what a late event could ask for", async () => {
  const { id: userId } = await createTestUser(database);
  const { id: ticketId } = await database.prisma.ticket.create({
    data: { userId, title: "Old", description: "Old", type: "bug" },
  });
  const kept = [daysAgo(DAYS - 1), newId()];
  await database.prisma.ticketMail.createMany({
    data: [daysAgo(DAYS + 1), ...kept].map((changeId) => ({ changeId, userId, ticketId })),
  });
  const ctx = testCoreContext(database);
  expect(await pruneTicketMails(ctx, DAYS)).toBe(1);
  expect(await pruneTicketMails(ctx, DAYS)).toBe(0);
  const left = await database.prisma.ticketMail.findMany({ orderBy: { changeId: "asc" } });
  expect(left.map(({ changeId }) => changeId)).toEqual(kept);
});
