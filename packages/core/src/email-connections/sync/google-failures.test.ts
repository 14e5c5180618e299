import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Mishap } from "../../../../../tooling/fakes/google/dial";
import { createContact } from "../../contacts/create-contact";
import { listInteractions } from "../../interactions/queries";
import { type MailboxWorld, openMailboxWorld, withGmail } from "../../testing/mailbox";
import { refreshEmailConnection } from "../commands";
import { listGmailContacts } from "../queries";
import { failSync, listConnectionsToSync } from "./sync-connection";

let database: TestDatabase;
let world: MailboxWorld;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.prisma.contact.deleteMany();
  world = await openMailboxWorld(database);
  await world.connect();
});
afterEach(async () => {
  await world.fake.close();
  await database.prisma.emailConnection.deleteMany();
});

const ME = "me@org.example";
const day = (number: number) => new Date(Date.now() - (30 - number) * 86_400_000);
const addContact = async (email: string) => (await createContact(world.ctx, { email, customFields: {} })).id;
const timeline = async (id: string) => (await listInteractions(world.ctx, { id, page: 1, pageSize: 100 })).interactions;
const met = async () => {
  const { id } = await world.connection();
  return (await listGmailContacts(world.ctx, world.ctx.workspaceId, { id, page: 1, pageSize: 50, match: "all" }))
    .contacts;
};

describe("when Google does not answer as it should", () => {
  it("renews the access once, for all calls at a time, and keeps it sealed", async () => {
    for (let number = 0; number < 10; number++) world.mailbox.deliver({ from: "ana@example.org", to: ME });
    const before = await world.connection();
    world.fake.grants.accessTokens.clear();
    await world.sync();
    expect(world.fake.calls.filter(({ path }) => path === "/token")).toHaveLength(2);
    const after = await world.connection();
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).toBe(before.refreshToken);
    for (const token of world.fake.grants.accessTokens.keys()) expect(JSON.stringify(after)).not.toContain(token);

    await world.ctx.db.emailConnection.update({ where: { id: after.id }, data: { accessExpiresAt: new Date() } });
    await world.sync();
    expect(world.fake.calls.filter(({ path }) => path === "/token")).toHaveLength(3);
  });

  it("stops when the access was taken back, keeps what it has, and goes on once it is connected again", async () => {
    const ana = await addContact("ana@example.org");
    world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(1) });
    await world.sync();
    world.fake.grants.refreshTokens.clear();
    world.fake.grants.accessTokens.clear();
    world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(2) });
    await world.sync();
    const { id, status, lastError, syncState } = await world.connection();
    expect({ status, lastError, syncState }).toEqual({
      status: "needs_reconnect",
      lastError: "Google says that the access was taken back.",
      syncState: "idle",
    });
    expect(await timeline(ana)).toHaveLength(1);
    expect(await met()).toHaveLength(1);
    const calls = world.fake.calls.length;
    await world.sync();
    expect(world.fake.calls).toHaveLength(calls);
    expect(await listConnectionsToSync(world.ctx, null, 10)).not.toContain(id);
    await expect(refreshEmailConnection(world.ctx, { id })).rejects.toMatchObject({ kind: "invalid" });

    await world.connect();
    await world.sync();
    expect(await timeline(ana)).toHaveLength(2);
  });

  it.each<[Mishap, string, string]>([
    ["limited", "limited", "Google limits how much is read at a time."],
    ["userLimited", "limited", "Google limits how much is read at a time."],
    ["forbidden", "refused", "Google refused to answer (403, accessNotConfigured)."],
    ["broken", "unavailable", "Google has trouble of its own (500)."],
    ["slow", "unavailable", "Google did not answer in time."],
    ["reset", "unavailable", "Google could not be reached."],
    ["garbage", "garbled", "Google answered something that is no answer."],
  ])("%s is told to the owner and tried again", async (mishap, failure, sentence) => {
    const ana = await addContact("ana@example.org");
    world.mailbox.deliver({ from: "ana@example.org", to: ME });
    world.fake.dial.push({ mishap, path: /messages/, times: 1 });
    // Nobody waits for the slow one.
    const ctx = mishap === "slow" ? withGmail(world.ctx, world.fake, 100) : world.ctx;
    const error = await world.sync(ctx).catch((thrown: unknown) => thrown as { failure: string; retryAt?: Date });
    expect(error).toMatchObject({ failure });
    if (failure === "limited")
      expect((error as { retryAt: Date }).retryAt.getTime()).toBeGreaterThan(Date.now() + 5_000);
    await failSync(world.ctx, (await world.connection()).id, sentence);
    expect(await world.connection()).toMatchObject({ status: "connected", lastError: sentence, syncState: "idle" });
    await world.sync();
    expect(await world.connection()).toMatchObject({ lastError: null });
    expect(await timeline(ana)).toHaveLength(1);
  });

  it("asks for its owner once the tokens cannot be read any more", async () => {
    await world.ctx.db.emailConnection.updateMany({ data: { refreshToken: "v1.broken", accessToken: "v1.broken" } });
    await world.sync();
    expect(await world.connection()).toMatchObject({ status: "needs_reconnect" });
  });
});
