import { describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import { deleteContact } from "../contacts/delete-contact";
import { updateContact } from "../contacts/update-contact";
import type { WorkspaceContext } from "../context";
import { deleteInteraction } from "../interactions/commands";
import { listInteractions } from "../interactions/queries";
import { deliverBoats, ME, useMailbox } from "../testing/use-mailbox";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { deleteEmailConnection, updateEmailConnection } from "./commands";
import { updateEmailContactSetting, updateEmailContactSettings } from "./contact-settings";
import { importGmailContacts } from "./import-contacts";
import { listGmailContacts } from "./queries";

const used = useMailbox(deliverBoats);
const idOf = async () => (await used.world.connection()).id;
const addAna = (ctx?: WorkspaceContext) => used.addContact("ana@example.org", ctx);
const words = async (id: string, ctx?: WorkspaceContext) =>
  (await used.timeline(id, ctx)).map(({ subject, body }) => [subject, body]);
const HIDDEN = Array(2).fill([null, null]);
const SHOWN = [
  ["Re: Boats", null],
  ["Boats", "How many?"],
];

describe("timelines", () => {
  it("get the earlier emails of people who are imported from the mailbox, or added otherwise", async () => {
    await used.world.sync();
    const id = await idOf();
    const input = { id, page: 1, pageSize: 50, match: "all" as const };
    expect(await importGmailContacts(used.world.ctx, { id, emails: ["ana@example.org", "ana@example.org"] })).toEqual({
      imported: 1,
      skipped: 1,
    });
    expect(await importGmailContacts(used.world.ctx, { id, emails: ["ana@example.org"] })).toEqual({
      imported: 0,
      skipped: 1,
    });
    const bo = (await createContact(used.world.ctx, { email: "bo@example.org", customFields: {} })).id;
    await used.world.sync();
    const list = await listGmailContacts(used.world.ctx, used.world.ctx.workspaceId, input);
    expect(list).toMatchObject({
      total: 2,
      contacts: [
        { email: "ana@example.org", contactName: "Ana Doe" },
        { email: "bo@example.org", contactId: bo },
      ],
    });
    expect(await words(list.contacts[0]?.contactId as string)).toEqual(HIDDEN);
    expect(await words(bo)).toEqual([[null, null]]);
    expect(
      await listGmailContacts(used.world.ctx, undefined, { ...input, search: "ANA@", match: "unknown" }),
    ).toMatchObject({
      total: 0,
    });
  });

  it("show subject and words where the owner says so, and lose them at once when not any more", async () => {
    const ana = await addAna();
    await used.world.sync();
    expect(await words(ana)).toEqual(HIDDEN);
    await updateEmailConnection(used.world.ctx, { id: await idOf(), interactionsVisible: true });
    await used.world.sync();
    expect(await words(ana)).toEqual(SHOWN);
    await updateEmailContactSetting(used.world.ctx, { contactId: ana, interactionsVisible: false });
    expect(await words(ana)).toEqual(HIDDEN);
    await used.world.sync();
    expect(await words(ana)).toEqual(HIDDEN);
    await updateEmailContactSettings(used.world.ctx, { settings: [{ contactId: ana, interactionsVisible: null }] });
    await used.world.sync();
    expect(await words(ana)).toEqual(SHOWN);
    await updateEmailConnection(used.world.ctx, { id: await idOf(), interactionsVisible: false });
    expect(await words(ana)).toEqual(HIDDEN);
    const left = await used.database.prisma.emailMessage.findMany();
    expect(JSON.stringify(left)).not.toMatch(/Boats|How many/);
  });

  it("get nothing of a contact that is taken out, whatever the account says, and the reverse", async () => {
    const ana = await addAna();
    await updateEmailContactSetting(used.world.ctx, { contactId: ana, syncInteractions: false });
    await used.world.sync();
    expect(await words(ana)).toEqual([]);
    await updateEmailConnection(used.world.ctx, { id: await idOf(), syncInteractions: false });
    expect(await updateEmailContactSetting(used.world.ctx, { contactId: ana, syncInteractions: true })).toMatchObject({
      contactId: ana,
      email: "ana@example.org",
      syncInteractions: true,
      interactionsVisible: null,
    });
    await createContact(used.world.ctx, { email: "bo@example.org", customFields: {} });
    await used.world.sync();
    expect(await words(ana)).toEqual(HIDDEN);
    expect(await used.database.prisma.interaction.count({ where: { workspaceId: used.world.ctx.workspaceId } })).toBe(
      2,
    );
  });

  it("do not get back what somebody deleted there, nor twice what a new connection reads again", async () => {
    const ana = await addAna();
    await used.world.sync();
    const { interactions } = await listInteractions(used.world.ctx, { id: ana, page: 1, pageSize: 1 });
    await deleteInteraction(used.world.ctx, { id: interactions[0]?.id as string });
    await deleteEmailConnection(used.world.ctx, { id: await idOf() });
    await used.world.connect();
    await updateEmailConnection(used.world.ctx, { id: await idOf(), interactionsVisible: true });
    await used.world.sync();
    expect(await words(ana)).toEqual([["Boats", "How many?"]]);
  });

  it("are those of the connection's workspace, as long as its owner may write there, and of no other", async () => {
    const { ctx, fake } = used.world;
    const other = (await joinTestWorkspace(used.database, (await createTestWorkspace(used.database)).workspaceId)).ctx;
    const ana = await addAna();
    await addAna(other);
    const membership = { workspaceId_userId: { workspaceId: ctx.workspaceId, userId: ctx.principal.userId as string } };
    await ctx.db.membership.update({ where: membership, data: { role: "viewer" } });
    await used.world.sync();
    expect(await words(ana)).toEqual([]);
    await ctx.db.membership.update({ where: membership, data: { role: "member" } });
    await used.world.sync();
    expect([await words(ana), await words(ana, other)]).toEqual([HIDDEN, []]);
    const move = (targetWorkspaceId: string | null) =>
      idOf().then((id) => updateEmailConnection(ctx, { id, targetWorkspaceId }));
    await expect(move(other.workspaceId)).rejects.toMatchObject({ kind: "invalid" });
    await ctx.db.membership.create({
      data: { workspaceId: other.workspaceId, userId: ctx.principal.userId as string, role: "member" },
    });
    await move(other.workspaceId);
    await used.world.sync();
    expect([await words(ana), await words(ana, other)]).toEqual([HIDDEN, HIDDEN]);
    await move(null);
    used.world.mailbox.deliver({ from: "ana@example.org", to: ME });
    await used.world.sync();
    expect(await words(ana, other)).toEqual(HIDDEN);
    expect(fake.calls.every(({ status }) => status === 200)).toBe(true);
  });

  it("forget a contact who leaves, and begin again with one who comes back", async () => {
    const ana = await addAna();
    await updateEmailContactSetting(used.world.ctx, { contactId: ana, interactionsVisible: true });
    await used.world.sync();
    await deleteContact({ ...used.world.ctx, role: "admin" }, { id: ana });
    const where = { contactId: ana };
    expect(await used.database.prisma.emailInteraction.count({ where })).toBe(0);
    expect(await used.database.prisma.emailContactSetting.count({ where })).toBe(0);
    const again = await addAna();
    await used.world.sync();
    expect(await words(again)).toEqual(HIDDEN);
  });

  it("miss nothing of somebody whose address changes back and forth", async () => {
    const ana = await addAna();
    await used.world.sync();
    await updateContact(used.world.ctx, { id: ana, email: "new@example.org" });
    used.world.mailbox.deliver({ from: "ana@example.org", to: ME });
    await used.world.sync();
    expect(await words(ana)).toHaveLength(2);
    await updateContact(used.world.ctx, { id: ana, email: "ana@example.org" });
    await used.world.sync();
    expect(await words(ana)).toHaveLength(3);
  });
});
