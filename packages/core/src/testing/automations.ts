import type { AutomationAction, AutomationConfig, AutomationRule } from "@hustings/contracts/automations";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { createAutomation } from "../automations/commands";
import { drainContactChanges } from "../automations/drain-changes";
import { listContactApplications } from "../automations/queries";
import { createContact } from "../contacts/create-contact";
import { listContactTags } from "../contacts/tags";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "./workspace";

/** A rule for everybody. */
export const everybody = (...actions: AutomationAction[]): AutomationConfig => ({
  match: "all",
  conditions: [],
  actions,
});

export const FIRST_PAGE = { page: 1, pageSize: 50 };

/** Two fresh workspaces for each test of a file, in a database in which no other rule is active. */
export function useAutomations() {
  let database: TestDatabase;
  const world = {} as { ctx: WorkspaceContext; other: WorkspaceContext };
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.prisma.automationRule.deleteMany();
    await database.prisma.contactChange.deleteMany();
    world.ctx = (await createTestWorkspace(database)).ctx;
    world.other = (await createTestWorkspace(database)).ctx;
  });
  return Object.assign(world, {
    getDatabase: () => database,
    addRule: (config: AutomationConfig, name = "A rule"): Promise<AutomationRule> =>
      createAutomation(world.ctx, { name, config }),
    addPerson: (of = world.ctx, firstName = "Ana", customFields: Record<string, string> = {}) =>
      createContact(of, { firstName, email: `p-${newId()}@example.org`, customFields }),
    /** Does the job's work. */
    drain: (of = world.ctx) => drainContactChanges(of, { workspaceId: of.workspaceId, budgetMs: 60_000 }),
    countWaiting: (of = world.ctx) => database.prisma.contactChange.count({ where: { workspaceId: of.workspaceId } }),
    countEvents: () =>
      database.prisma.outboxEvent.count({
        where: { name: "contacts/changed", data: { path: ["workspaceId"], equals: world.ctx.workspaceId } },
      }),
    tagsOf: async (id: string, of = world.ctx) =>
      (await listContactTags(of, { id, limit: 100, offset: 0 })).tags.map(({ name }) => name),
    historyOf: async (id: string) => (await listContactApplications(world.ctx, { id, ...FIRST_PAGE })).applications,
  });
}
