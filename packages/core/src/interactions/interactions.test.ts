import { newId } from "@hustings/db/ids";
import { createTestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createContact } from "../contacts/create-contact";
import type { WorkspaceContext } from "../context";
import { createTestWorkspace } from "../testing/workspace";
import { createInteraction, deleteInteraction } from "./commands";
import { listInteractions } from "./queries";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: WorkspaceContext;
let other: WorkspaceContext;
let contactId: string;
let email: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ctx = (await createTestWorkspace(database)).ctx;
  other = (await createTestWorkspace(database)).ctx;
  email = `ana-${newId()}@example.org`;
  contactId = (await createContact(ctx, { email, customFields: {} })).id;
  await createContact(other, { email, customFields: {} });
});

const at = (day: number) => new Date(Date.UTC(2026, 9, day)).toISOString();
const list = (of = ctx, page = 1, pageSize = 50) => listInteractions(of, { id: contactId, page, pageSize });

async function sendCampaign(of: WorkspaceContext, sentAt: string | null, status = 4) {
  const campaign = await database.prisma.campaign.create({
    data: { workspaceId: of.workspaceId, name: "News", subject: "Autumn is here", body: "x" },
  });
  await database.prisma.campaignEmail.create({
    data: { campaignId: campaign.id, contactId, email, batchNo: 0, status, sentAt },
  });
  return campaign.id;
}

describe("interactions", () => {
  it("are written with what was given, now unless dated, and read back the same", async () => {
    const before = Date.now();
    const call = await createInteraction(ctx, {
      id: contactId,
      type: "call",
      subject: "Hello",
      body: "a\nb",
      metadata: { by: "Jo" },
    });
    expect(call).toMatchObject({ contactId, type: "call", subject: "Hello", body: "a\nb", metadata: { by: "Jo" } });
    expect(Date.parse(call.occurredAt)).toBeGreaterThanOrEqual(before);
    const dated = await createInteraction(ctx, {
      id: contactId,
      type: "note",
      occurredAt: "2026-10-05T01:00:00+02:00",
      metadata: {},
    });
    expect(dated).toMatchObject({ occurredAt: "2026-10-04T23:00:00.000Z", subject: null, body: null, metadata: {} });
    expect(await list()).toEqual({ interactions: [call, dated], total: 2, page: 1, pageSize: 50 });
  });

  it("stand beside the campaign emails that were handed over, newest first, paged as one list", async () => {
    await createInteraction(ctx, { id: contactId, type: "note", subject: "first", occurredAt: at(1), metadata: {} });
    const campaignId = await sendCampaign(ctx, at(2));
    await createInteraction(ctx, { id: contactId, type: "note", subject: "third", occurredAt: at(3), metadata: {} });
    await sendCampaign(ctx, null, 0);
    await sendCampaign(other, at(4));
    const { interactions, total } = await list();
    expect(total).toBe(3);
    expect(interactions.map((entry) => entry.subject)).toEqual(["third", "Autumn is here", "first"]);
    expect(interactions[1]).toMatchObject({
      contactId,
      type: "email_sent",
      body: null,
      occurredAt: at(2),
      metadata: { campaignId, status: "delivered" },
    });
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list(ctx, page, 1)));
    expect(pages.flatMap((page) => page.interactions)).toEqual(interactions);
    expect(await database.prisma.interaction.count({ where: { contactId } })).toBe(2);
    await expect(deleteInteraction(ctx, { id: interactions[1]!.id })).rejects.toMatchObject({ kind: "not_found" });
  });

  it("stand beside emails that never left, with what became of them", async () => {
    const campaignId = await sendCampaign(ctx, null, 14);
    await database.prisma.campaignEmail.update({
      where: { contactId_campaignId: { contactId, campaignId } },
      data: { failedAt: at(2) },
    });
    expect(await list()).toMatchObject({
      total: 1,
      interactions: [{ type: "email_sent", occurredAt: at(2), metadata: { campaignId, status: "skipped" } }],
    });
  });

  it("belong to their workspace alone", async () => {
    const note = await createInteraction(ctx, { id: contactId, type: "note", body: "secret", metadata: {} });
    expect((await list(other)).total).toBe(0);
    await expect(deleteInteraction(other, { id: note.id })).rejects.toMatchObject({ kind: "not_found" });
    expect((await list()).total).toBe(1);
    await deleteInteraction(ctx, { id: note.id });
    await expect(deleteInteraction(ctx, { id: note.id })).rejects.toMatchObject({ kind: "not_found" });
    expect((await list()).total).toBe(0);
  });

  it("need a contact of this workspace", async () => {
    const theirs = await createContact(other, { customFields: {} });
    for (const id of [theirs.id, newId()]) {
      await expect(createInteraction(ctx, { id, type: "note", metadata: {} })).rejects.toMatchObject({
        kind: "not_found",
      });
      await expect(listInteractions(ctx, { id, page: 1, pageSize: 50 })).rejects.toMatchObject({ kind: "not_found" });
    }
    expect(await database.prisma.interaction.count({ where: { contactId: theirs.id } })).toBe(0);
  });
});
