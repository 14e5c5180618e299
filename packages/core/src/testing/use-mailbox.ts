import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { FakeMailbox } from "../../../../tooling/fakes/google/mailbox";
import { createContact } from "../contacts/create-contact";
import type { WorkspaceContext } from "../context";
import { listGmailContacts } from "../email-connections/queries";
import { listInteractions } from "../interactions/queries";
import { type MailboxWorld, openMailboxWorld } from "./mailbox";

/** The address of the account. */
export const ME = "me@org.example";

type UsedMailbox = {
  database: TestDatabase;
  world: MailboxWorld;
  /** @returns the id of a new contact in the account's workspace. */
  addContact: (email: string, ctx?: WorkspaceContext) => Promise<string>;
  /** The newest first. */
  timeline: (contactId: string, ctx?: WorkspaceContext) => ReturnType<typeof readTimeline>;
  /** Everybody whom the mailbox has met. */
  met: () => Promise<Awaited<ReturnType<typeof listGmailContacts>>["contacts"]>;
};

/**
 * A Gmail account that is connected anew for each test, with what `deliver` puts into its mailbox before. Its members are
 * there once the tests run.
 */
export function useMailbox(deliver: (mailbox: FakeMailbox) => void = () => undefined): UsedMailbox {
  const used: Partial<UsedMailbox> & Pick<UsedMailbox, "addContact" | "timeline" | "met"> = {
    addContact: async (email, ctx = world().ctx) => (await createContact(ctx, { email, customFields: {} })).id,
    timeline: (contactId, ctx = world().ctx) => readTimeline(ctx, contactId),
    met: async () => {
      const { ctx, connection } = world();
      const { id } = await connection();
      return (await listGmailContacts(ctx, ctx.workspaceId, { id, page: 1, pageSize: 50, match: "all" })).contacts;
    },
  };
  const world = () => used.world as MailboxWorld;
  beforeAll(async () => {
    used.database = await createTestDatabase();
  });
  afterAll(() => used.database?.drop());
  beforeEach(async () => {
    await used.database?.prisma.emailConnection.deleteMany();
    await used.database?.prisma.contact.deleteMany();
    used.world = await openMailboxWorld(used.database as TestDatabase);
    deliver(used.world.mailbox);
    await used.world.connect();
  });
  afterEach(() => used.world?.fake.close());
  return used as UsedMailbox;
}

const readTimeline = async (ctx: WorkspaceContext, id: string) =>
  (await listInteractions(ctx, { id, page: 1, pageSize: 100 })).interactions;

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** Ana wrote two hours ago, and was answered, as Bo was, an hour later. */
export function deliverBoats(mailbox: FakeMailbox): void {
  mailbox.deliver({
    ...{ from: '"Doe, Ana" <ana@example.org>', to: ME, subject: "Boats", snippet: "How many?" },
    at: hoursAgo(2),
  });
  mailbox.deliver({
    ...{ from: ME, to: "ana@example.org, bo@example.org", labels: ["SENT"], subject: "Re: Boats" },
    at: hoursAgo(1),
  });
}
