import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testCoreContext } from "../testing/workspace";
import { pruneProviderEvents } from "./prune-provider-events";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);

async function store(receivedAt: Date, appliedAt: Date | null): Promise<string> {
  const event = { eventId: newId(), type: "activity.opened", body: {}, receivedAt, appliedAt };
  await database.prisma.providerEvent.create({ data: event });
  return event.eventId;
}

it("forgets what was applied a month ago, and nothing that waits", async () => {
  await store(daysAgo(31), daysAgo(31));
  const kept = [await store(daysAgo(29), daysAgo(29)), await store(daysAgo(31), null)];
  const ctx = testCoreContext(database);
  expect(await pruneProviderEvents(ctx)).toBe(1);
  expect(await pruneProviderEvents(ctx)).toBe(0);
  const left = await database.prisma.providerEvent.findMany({ orderBy: { id: "asc" } });
  expect(left.map(({ eventId }) => eventId)).toEqual(kept);
});
