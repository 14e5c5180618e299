import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, exampleOf, methodOf, sufficientKey } from "./calls";
import { table } from "./table";
import { createWorld, type World } from "./world";

/** What changes nothing that lasts, or only what the caller alone sees. */
const WITHOUT_ENTRY = new Set([
  "POST /api/campaigns/render",
  "POST /api/segments/preview",
  "POST /api/segments/explain",
  "POST /api/automations/dry-run",
  "POST /api/contacts/import/uploads",
  // Stands in the audit when it ends, with its counts.
  "POST /api/contacts/import/file",
  "PUT /api/me",
  "POST /api/support-tickets/{id}/subscribe",
  "DELETE /api/support-tickets/{id}/subscribe",
  "POST /api/support-tickets/subscribe-all",
  // Asks for a job.
  "POST /api/email-connections/{id}/refresh",
  // An event of the provider is applied, and written down, by a job.
  "POST /api/webhooks/mailersend",
]);

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld(database);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const changes = table.filter((row) => methodOf(row) !== "GET");

describe("the audit", () => {
  it.each(changes.filter(({ operation }) => !WITHOUT_ENTRY.has(operation)).map((row) => [row.operation, row] as const))(
    "says who did %s, and in one entry when it was to many",
    async (operation, row) => {
      const example = await exampleOf(world, row);
      const before = await database.prisma.auditEntry.count();
      const answer = await call(world, row, example, sufficientKey(world, row));
      expect(answer.status, answer.text).toBe(row.status);
      const entries = await database.prisma.auditEntry.findMany({ orderBy: { id: "desc" } });
      const made = entries.slice(0, entries.length - before);
      // Whoever is invited becomes a user on the way.
      expect(made.map(({ action }) => action)).toHaveLength(operation.endsWith("/members") ? 2 : 1);
      for (const { actorKind, actorName, details } of made) {
        // An import is its starter's work; who stopped it stands beside.
        const { cancelledBy } = details as { cancelledBy?: { kind: string } };
        expect(cancelledBy?.kind ?? actorKind).toBe(["none", "signature"].includes(row.auth) ? "system" : "apiKey");
        expect(actorName).not.toBe("");
        expect(JSON.stringify(details)).not.toMatch(/pai_\w{20}/);
      }
    },
  );

  it("has no exception that is no operation", () => {
    const operations = changes.map(({ operation }) => operation as string);
    for (const operation of WITHOUT_ENTRY) expect(operations).toContain(operation);
  });
});
