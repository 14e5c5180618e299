import { describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { withGmail } from "../testing/mailbox";
import { deliverBoats, useMailbox } from "../testing/use-mailbox";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { deleteEmailConnection, refreshEmailConnection, updateEmailConnection } from "./commands";
import { listEmailContactSettings, updateEmailContactSetting, updateEmailContactSettings } from "./contact-settings";
import { importGmailContacts } from "./import-contacts";
import { listEmailConnections, listGmailContacts } from "./queries";

const used = useMailbox(deliverBoats);
const idOf = async () => (await used.world.connection()).id;
const addAna = (ctx?: WorkspaceContext) => used.addContact("ana@example.org", ctx);
const words = async (id: string, ctx?: WorkspaceContext) =>
  (await used.timeline(id, ctx)).map(({ subject, body }) => [subject, body]);
const HIDDEN = Array(2).fill([null, null]);

describe("disconnecting", () => {
  it("revokes the access and deletes tokens and what was read; timelines keep what they have", async () => {
    const ana = await addAna();
    await used.world.sync();
    await deleteEmailConnection(used.world.ctx, { id: await idOf() });
    expect(used.world.fake.grants.refreshTokens.size).toBe(0);
    expect((await listEmailConnections(used.world.ctx, { limit: 1, offset: 0 })).total).toBe(0);
    for (const count of [used.database.prisma.emailMessage.count(), used.database.prisma.emailAddress.count()])
      expect(await count).toBe(0);
    expect(await words(ana)).toEqual(HIDDEN);
  });

  it("deletes the tokens also when Google is away, or knows them no more", async () => {
    used.world.fake.dial.push({ mishap: "broken", path: /revoke/, times: 1 });
    await deleteEmailConnection(used.world.ctx, { id: await idOf() });
    await used.world.connect();
    used.world.fake.grants.refreshTokens.clear();
    await deleteEmailConnection(used.world.ctx, { id: await idOf() });
    expect(await used.database.prisma.emailConnection.count()).toBe(0);
  });
});

describe("somebody else's connection", () => {
  it("is forbidden, and one that is not there is not found", async () => {
    const id = await idOf();
    const { ctx: theirs } = await joinTestWorkspace(used.database, used.world.ctx.workspaceId);
    const stranger = withGmail(theirs, used.world.fake);
    const calls = [
      (ctx: WorkspaceContext, of: string) => deleteEmailConnection(ctx, { id: of }),
      (ctx: WorkspaceContext, of: string) => updateEmailConnection(ctx, { id: of, interactionsVisible: true }),
      (ctx: WorkspaceContext, of: string) => refreshEmailConnection(ctx, { id: of }),
      (ctx: WorkspaceContext, of: string) =>
        listGmailContacts(ctx, undefined, { id: of, page: 1, pageSize: 1, match: "all" }),
      (ctx: WorkspaceContext, of: string) => importGmailContacts(ctx, { id: of, emails: ["ana@example.org"] }),
    ];
    for (const call of calls) {
      await expect(call(stranger, id)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(call(used.world.ctx, used.world.ctx.workspaceId)).rejects.toMatchObject({ kind: "not_found" });
    }
    expect(await used.world.connection()).toMatchObject({ interactionsVisible: false });
  });

  it("has settings of its owner's alone, for contacts within reach", async () => {
    const ana = await addAna();
    const { ctx: elsewhere } = await createTestWorkspace(used.database);
    await expect(updateEmailContactSetting(elsewhere, { contactId: ana })).rejects.toMatchObject({ kind: "not_found" });
    await expect(
      updateEmailContactSettings(elsewhere, { settings: [{ contactId: ana }, { contactId: elsewhere.workspaceId }] }),
    ).rejects.toMatchObject({
      kind: "invalid",
      details: ["settings.0.contactId: not found", "settings.1.contactId: not found"],
    });
    await updateEmailContactSetting(used.world.ctx, { contactId: ana, syncInteractions: false });
    expect(
      await updateEmailContactSettings(used.world.ctx, { settings: [{ contactId: ana, interactionsVisible: true }] }),
    ).toBe(1);
    const range = { limit: 10, offset: 0 };
    expect(await listEmailContactSettings(used.world.ctx, range)).toMatchObject({
      total: 1,
      settings: [{ contactId: ana, syncInteractions: false, interactionsVisible: true }],
    });
    expect(await listEmailContactSettings(elsewhere, range)).toEqual({ total: 0, settings: [] });
  });
});
