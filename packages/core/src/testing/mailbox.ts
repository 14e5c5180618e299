import type { ConnectOutcome } from "@hustings/contracts/email-connections";
import type { TestDatabase } from "@hustings/db/test-database";
import type { EmailConnectionModel } from "@hustings/db/types";
import { readGmailEnv } from "@hustings/google/env";
import { createGmail } from "@hustings/google/gmail";
import { type FakeGoogle, startFakeGoogle } from "../../../../tooling/fakes/google/fake-google";
import type { FakeMailbox } from "../../../../tooling/fakes/google/mailbox";
import type { Decision } from "../../../../tooling/fakes/google/oauth-routes";
import type { WorkspaceContext } from "../context";
import { beginConsent, finishConsent } from "../email-connections/connect";
import { beginSync, finishSync, readMail, settleMail } from "../email-connections/sync/sync-connection";
import { createTestWorkspace, type TestPersonOptions } from "./workspace";

/** Somebody with a Gmail account at a Google of the tests' own, which the test closes. */
export type MailboxWorld = {
  fake: FakeGoogle;
  mailbox: FakeMailbox;
  ctx: WorkspaceContext;
  /** Through the consent, as a browser would. */
  connect: (decision?: Decision, as?: WorkspaceContext) => Promise<ConnectOutcome>;
  connection: () => Promise<EmailConnectionModel>;
  /** What the job does, without its waits. @returns how many pages it took */
  sync: (as?: WorkspaceContext) => Promise<number>;
};

const TOKEN_SECRET = "test-token-secret-0123456789abcdef";

/** Puts Google's client into a context. `timeoutMs`: short where no answer is to be waited for. */
export function withGmail<Ctx extends WorkspaceContext>(ctx: Ctx, fake: FakeGoogle, timeoutMs = 10_000): Ctx {
  const settings = readGmailEnv({
    ...fake.environment(),
    GMAIL_TOKEN_SECRET: TOKEN_SECRET,
    GMAIL_TIMEOUT_MS: String(timeoutMs),
  });
  if (!settings) throw new Error("The fake gave no client");
  return { ...ctx, ports: { ...ctx.ports, gmail: createGmail(settings) } };
}

export async function openMailboxWorld(
  database: TestDatabase,
  { address = "me@org.example", ...person }: TestPersonOptions & { address?: string } = {},
): Promise<MailboxWorld> {
  const fake = await startFakeGoogle({ addresses: [address] });
  const mailbox = fake.mailboxes.get(address) as FakeMailbox;
  const ctx = withGmail((await createTestWorkspace(database, { role: "member", ...person })).ctx, fake);
  const connection = () =>
    ctx.db.emailConnection.findFirstOrThrow({ where: { userId: ctx.principal.userId as string, address } });
  return {
    fake,
    mailbox,
    ctx,
    connection,
    connect: async (decision, as = ctx) => {
      const { url, sealed } = await beginConsent(as, { workspaceId: ctx.workspaceId });
      const back = new URL(fake.consent(url, decision)).searchParams;
      return finishConsent(as, { state: back.get("state"), code: back.get("code"), error: back.get("error"), sealed });
    },
    sync: async (as = ctx) => {
      const { id } = await connection();
      await beginSync(ctx, id);
      let pages = 0;
      for (const work of [readMail, settleMail])
        for (let isDone = false; !isDone; pages++) ({ isDone } = await work(as, id));
      await finishSync(ctx, id);
      return pages;
    },
  };
}
