import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { createHandOverJournal } from "./journal";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => database.drop());

const HOURS_MS = 60 * 60_000;

it("knows the latest call of a person and its age by Postgres's clock, whatever this process takes for now", async () => {
  const journal = createHandOverJournal(database.prisma);
  const [campaignId, contactId] = [newId(), newId()];
  const before = Date.now();
  vi.setSystemTime(before + 3 * HOURS_MS);
  await journal.open(campaignId, [contactId]);
  vi.setSystemTime(before - 3 * HOURS_MS);
  const latest = await journal.open(campaignId, [contactId]);
  vi.setSystemTime(before + 3 * HOURS_MS);

  const found = (await journal.find(campaignId, [contactId])).get(contactId);
  expect(found).toMatchObject({ id: latest, contactIds: [contactId], bulkId: null, messageId: null });
  expect(found?.ageMs).toBeLessThan(HOURS_MS);
  expect(Math.abs((found?.startedAt.getTime() ?? 0) - before)).toBeLessThan(HOURS_MS);
});
