import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteCategory } from "../categories/commands";
import { deleteContact } from "../contacts/delete-contact";
import type { WorkspaceContext } from "../context";
import { deleteSegment } from "../segments/commands";
import { addPeople, draftCampaign, listCaught, openSandboxWorkspace, runCampaignJobs } from "../testing/campaigns";
import { updateWorkspace } from "../workspaces/commands";
import { explainRecipient } from "./explain-recipient";
import { giveUpBatch } from "./give-up-batch";
import { getCampaign, getCampaignStats } from "./queries";
import { cancelCampaign, resumeCampaign, sendCampaign } from "./send-campaign";
import { failCampaign, startCampaign } from "./start-campaign";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Launched to so many people, and nothing has left. */
async function launch(people: number, changes: Parameters<typeof draftCampaign>[1] = {}) {
  const ctx = await openSandboxWorkspace(database);
  const ids = await addPeople(ctx, people);
  const { id } = await draftCampaign(ctx, changes);
  await sendCampaign(ctx, id);
  await startCampaign(ctx, id, 1);
  return { ctx, id, ids };
}
const reasonFor = async (ctx: WorkspaceContext, id: string, contactId: string) =>
  (await explainRecipient(ctx, { id, contactId })).reason;

describe("between the launch of a campaign and the delivery", () => {
  it("who unsubscribes, loses the address, is suppressed, leaves the workspace or is erased gets nothing", async () => {
    const { ctx, id, ids } = await launch(7);
    const [globally, withoutAddress, suppressed, unlinked, erased, ...others] = ids as [
      string,
      string,
      string,
      string,
      string,
    ];
    const other = await openSandboxWorkspace(database);
    await ctx.db.contactWorkspace.create({ data: { contactId: unlinked, workspaceId: other.workspaceId } });
    const { email } = await ctx.db.contact.findUniqueOrThrow({ where: { id: suppressed } });
    await ctx.db.contact.update({ where: { id: globally }, data: { globallyUnsubscribed: true } });
    await ctx.db.contact.update({ where: { id: withoutAddress }, data: { email: null } });
    await ctx.db.suppression.create({ data: { email: email!, reason: "complaint" } });
    await deleteContact(ctx, { id: unlinked });
    await deleteContact(ctx, { id: erased });

    await runCampaignJobs(ctx, id);
    expect((await listCaught(ctx, id)).map((mail) => mail.contactId).sort()).toEqual([...others].sort());
    expect(await getCampaignStats(ctx, id)).toMatchObject({ recipients: 7, sent: 2, skipped: 5, queued: 0 });
    expect(await reasonFor(ctx, id, globally)).toContain("Said no to all email");
    expect(await reasonFor(ctx, id, suppressed)).toContain("suppressed");
    expect(await reasonFor(ctx, id, unlinked)).toBe("The contact was taken out of the workspace after the launch.");
    expect(await reasonFor(ctx, id, erased)).toBe("The person was erased.");
  });

  it("a segment and a category that it names cannot be deleted, and can once it is over", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 1);
    const filter = { match: "all" as const, conditions: [] };
    const { workspaceId } = ctx;
    const segment = await ctx.db.segment.create({ data: { name: "All", workspaceId, filter } });
    const category = await ctx.db.category.create({ data: { name: "News", workspaceId } });
    const { id } = await draftCampaign(ctx, { segmentId: segment.id, categoryId: category.id });
    await sendCampaign(ctx, id);
    const refusal = { kind: "invalid", details: ['campaign "November": queued'] };
    await expect(deleteSegment(ctx, segment)).rejects.toMatchObject(refusal);
    await expect(deleteCategory(ctx, category)).rejects.toMatchObject(refusal);
    await runCampaignJobs(ctx, id);
    await deleteSegment(ctx, segment);
    await deleteCategory(ctx, category);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ sent: 1, queued: 0 });
  });

  it("a segment that no longer compiles when it is frozen fails it with the reason, reaching nobody", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 2);
    const filter = { match: "all" as const, conditions: [] };
    const segment = await ctx.db.segment.create({ data: { name: "All", workspaceId: ctx.workspaceId, filter } });
    const { id } = await draftCampaign(ctx, { segmentId: segment.id });
    await sendCampaign(ctx, id);
    await ctx.db.segment.update({
      where: { id: segment.id },
      data: { filter: { match: "all", conditions: [{ field: "createdAt", operator: "gt", value: "soon" }] } },
    });
    const error = await startCampaign(ctx, id, 1).catch((thrown: Error) => thrown.message);
    await failCampaign(ctx, { campaignId: id, generation: 1, error: String(error) });
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "failed", error: expect.any(String), launchedAt: null });
    expect(await listCaught(ctx, id)).toEqual([]);
  });

  it("an address that this server no longer sends from stops it before anybody fails, until it is mended", async () => {
    const { ctx: sandbox, id } = await launch(3);
    await updateWorkspace(sandbox, { id: sandbox.workspaceId, senderEmail: "news@old.example" });
    const ctx = { ...sandbox, settings: { ...sandbox.settings, senderDomain: "new.example" } };
    await runCampaignJobs(ctx, id);
    expect(await getCampaign(ctx, id)).toMatchObject({
      status: "paused",
      stopReason: "news@old.example is not an address of new.example, which this server sends from.",
    });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ queued: 3, failed: 0 });
    await expect(resumeCampaign(ctx, id)).rejects.toMatchObject({ details: [expect.stringContaining("senderEmail")] });
    await updateWorkspace(ctx, { id: ctx.workspaceId, senderEmail: "news@new.example" });
    await resumeCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ sent: 3, queued: 0 });
  });
});

it("a template that breaks for one person fails that one, with the reason, and no other", async () => {
  const { ctx, id, ids } = await launch(200, {
    body: "<p>{{ contact.firstName | date: '%Y' }}{% if contact.firstName == 'Person 77' %}{% for i in (1..99999999) %}{{ i }}{% endfor %}{% endif %}</p>",
  });
  await runCampaignJobs(ctx, id);
  expect(await getCampaignStats(ctx, id)).toMatchObject({ sent: 199, failed: 1, queued: 0 });
  expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent" });
  expect(await reasonFor(ctx, id, ids[77]!)).toMatch(/^Could not be written: .+/);
});

describe("a batch after its last try", () => {
  const batchOf = (id: string, generation = 1) => ({
    campaignId: id,
    generation,
    batchNo: 0,
    answer: "MailerSend answered 401.",
  });

  it("stops its campaign with the last answer, settles what was in flight, and goes on when somebody resumes it", async () => {
    const { ctx, id } = await launch(30);
    const send: typeof ctx.ports.mail.send = async (messages) => {
      await ctx.ports.mail.send(messages.slice(0, 10));
      throw new Error("lost");
    };
    const dying = { ...ctx, ports: { ...ctx.ports, mail: { ...ctx.ports.mail, send } } };
    await expect(runCampaignJobs(dying, id)).rejects.toThrow("lost");
    await giveUpBatch(ctx, batchOf(id));
    await giveUpBatch(ctx, batchOf(id));
    expect(await getCampaign(ctx, id)).toMatchObject({
      status: "paused",
      stopReason: expect.stringContaining("MailerSend answered 401."),
    });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ sent: 10, queued: 20, unknown: 0 });
    await resumeCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    expect(await getCampaignStats(ctx, id)).toMatchObject({ sent: 30, queued: 0 });
    expect(await listCaught(ctx, id)).toHaveLength(30);
  });

  it("is asked for again while the provider takes it piece by piece, and stops its campaign once it no longer does", async () => {
    const { ctx, id } = await launch(20);
    const requests = () =>
      ctx.db.outboxEvent.count({
        where: { name: "campaign/batch.queued", data: { path: ["campaignId"], equals: id } },
      });
    await ctx.db.campaignEmail.updateMany({ where: { campaignId: id }, data: { sentAt: new Date() } });
    await giveUpBatch(ctx, batchOf(id));
    expect([await requests(), (await getCampaign(ctx, id)).status]).toEqual([1, "sending"]);
    const longAgo = new Date(Date.now() - 61 * 60_000);
    await ctx.db.campaignEmail.updateMany({ where: { campaignId: id }, data: { sentAt: longAgo } });
    await giveUpBatch(ctx, batchOf(id));
    expect([await requests(), (await getCampaign(ctx, id)).status]).toEqual([1, "paused"]);
  });

  it("of an earlier launch changes nothing, nor does an earlier launch's own failure", async () => {
    const { ctx, id } = await launch(2);
    await ctx.db.campaign.update({ where: { id }, data: { generation: 2 } });
    await giveUpBatch(ctx, batchOf(id, 1));
    await failCampaign(ctx, { campaignId: id, generation: 1, error: "Too late." });
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sending", stopReason: null, error: null });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ queued: 2 });
  });

  it("of a cancelled campaign leaves nobody queued", async () => {
    const { ctx, id } = await launch(2);
    await cancelCampaign(ctx, id);
    await giveUpBatch(ctx, batchOf(id));
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "cancelled" });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ skipped: 2, queued: 0 });
  });
});
