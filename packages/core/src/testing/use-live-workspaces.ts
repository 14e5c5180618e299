import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { FakeMailersend, FakeMailersendOptions } from "../../../../tooling/fakes/mailersend/fake-mailersend";
import type { LiveMailSettings } from "../mail/live-transport";
import { openLiveWorkspace } from "./live-mail";

/** Opens workspaces that send through a MailerSend each, for one test file; after a test nothing of that is left. */
export function useLiveWorkspaces() {
  const fakes: FakeMailersend[] = [];
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const fake of fakes.splice(0)) await fake.close();
    await database.prisma.mailPace.deleteMany();
  });
  afterAll(() => database.drop());
  return async (options?: FakeMailersendOptions, changes?: Partial<LiveMailSettings>) => {
    const opened = await openLiveWorkspace(database, options, changes);
    fakes.push(opened.fake);
    return opened;
  };
}
