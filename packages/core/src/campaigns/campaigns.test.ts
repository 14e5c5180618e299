import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { listSandboxEmails } from "../sandbox/queries";
import { simulateBulk } from "../sandbox/simulate";
import {
  addPeople,
  draftCampaign,
  dyingIn,
  listCaught,
  openSandboxWorkspace,
  runCampaignJobs,
} from "../testing/campaigns";
import { unsubscribe } from "../unsubscribe/unsubscribe";
import { deleteCampaign, updateCampaign } from "./commands";
import { explainRecipient } from "./explain-recipient";
import { previewCampaign } from "./preview";
import { getCampaign, getCampaignReport, getCampaignStats, listCampaignEmails } from "./queries";
import { sendBatch } from "./send-batch";
import { cancelCampaign, pauseCampaign, resumeCampaign, sendCampaign } from "./send-campaign";
import { BATCH_SIZE, startCampaign } from "./start-campaign";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const openSandbox = () => openSandboxWorkspace(database);

async function expectEquation(ctx: WorkspaceContext, campaignId: string) {
  const stats = await getCampaignStats(ctx, campaignId);
  expect(stats.recipients).toBe(stats.queued + stats.sent + stats.skipped + stats.failed + stats.unknown);
  const rows = await ctx.db.campaignEmail.groupBy({ by: ["status"], where: { campaignId }, _count: true });
  expect(stats.recipients).toBe(rows.reduce((sum, row) => sum + row._count, 0));
  return stats;
}

describe("a campaign", () => {
  it("reaches everyone in the workspace once, with their own words and links", async () => {
    const ctx = await openSandbox();
    const other = await openSandbox();
    await addPeople(other, 3);
    const people = await addPeople(ctx, BATCH_SIZE + 20);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await runCampaignJobs(ctx, id);

    const mails = await listCaught(ctx, id);
    expect(new Set(mails.map((mail) => mail.contactId))).toEqual(new Set(people));
    expect(mails).toHaveLength(people.length);
    expect(mails[0]).toMatchObject({ subject: "Hi Person 0", workspaceId: ctx.workspaceId });
    expect(mails[0]?.html).toContain("Hello Person 0");
    expect(mails[0]?.headers).toMatchObject({ "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" });
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent" });
    expect(await expectEquation(ctx, id)).toMatchObject({ recipients: people.length, sent: people.length, queued: 0 });
  });

  it("is queued once when two people press send", async () => {
    const ctx = await openSandbox();
    const { id } = await draftCampaign(ctx);
    const results = await Promise.allSettled([sendCampaign(ctx, id), sendCampaign(ctx, id)]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await ctx.db.outboxEvent.count({ where: { data: { path: ["campaignId"], equals: id } } })).toBe(1);
    await expect(updateCampaign(ctx, { id, name: "x" })).rejects.toMatchObject({ kind: "invalid" });
    await expect(deleteCampaign(ctx, { id })).rejects.toMatchObject({ kind: "invalid" });
  });

  it("asks about what a killed run left in flight, and sends nothing twice", async () => {
    const ctx = await openSandbox();
    const people = await addPeople(ctx, 60);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    // Half of the claim got through, then the process died.
    const dying = dyingIn(ctx, 30);
    await expect(runCampaignJobs(dying, id)).rejects.toThrow("killed");
    expect(await expectEquation(ctx, id)).toMatchObject({ queued: 60, sent: 0 });
    const { generation } = await ctx.db.campaign.findUniqueOrThrow({ where: { id } });
    await sendBatch(ctx, { campaignId: id, generation, batchNo: 0 });
    expect((await listCaught(ctx, id)).map((mail) => mail.contactId).sort()).toEqual([...people].sort());
    expect(await expectEquation(ctx, id)).toMatchObject({ sent: 60, queued: 0 });
  });

  it("sends a batch once when two runs take it at the same time", async () => {
    const ctx = await openSandbox();
    await addPeople(ctx, 120);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await startCampaign(ctx, id, 1);
    const input = { campaignId: id, generation: 1, batchNo: 0 };
    await Promise.all([sendBatch(ctx, input), sendBatch(ctx, input), sendBatch(ctx, input)]);
    expect(await listCaught(ctx, id)).toHaveLength(120);
  });

  it("pauses within a claim, resumes with the rest, and cancels what is left", async () => {
    const ctx = await openSandbox();
    await addPeople(ctx, 250);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    let calls = 0;
    const pausing: WorkspaceContext = {
      ...ctx,
      ports: {
        ...ctx.ports,
        mail: {
          ...ctx.ports.mail,
          send: async (messages) => {
            if (++calls === 1) await pauseCampaign(ctx, id);
            return ctx.ports.mail.send(messages);
          },
        },
      },
    };
    await runCampaignJobs(pausing, id);
    expect(await expectEquation(ctx, id)).toMatchObject({ sent: 100, queued: 150 });
    await expect(pauseCampaign(ctx, id)).rejects.toMatchObject({ kind: "invalid" });
    await resumeCampaign(ctx, id);
    await sendBatch(ctx, { campaignId: id, generation: 1, batchNo: 0 });
    expect(await expectEquation(ctx, id)).toMatchObject({ sent: 100 });
    await cancelCampaign(ctx, id);
    expect(await expectEquation(ctx, id)).toMatchObject({ sent: 100, skipped: 150, queued: 0 });
    await runCampaignJobs(ctx, id);
    expect(await listCaught(ctx, id)).toHaveLength(100);
  });

  it("skips who became unmailable between the launch and their turn", async () => {
    const ctx = await openSandbox();
    const [first] = await addPeople(ctx, 2);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await startCampaign(ctx, id, 1);
    await ctx.db.contact.update({ where: { id: first! }, data: { globallyUnsubscribed: true } });
    await sendBatch(ctx, { campaignId: id, generation: 1, batchNo: 0 });
    expect(await expectEquation(ctx, id)).toMatchObject({ sent: 1, skipped: 1 });
    expect(await explainRecipient(ctx, { id, contactId: first! })).toMatchObject({ outcome: "skipped" });
  });

  it("finishes at once when nobody is in its audience", async () => {
    const ctx = await openSandbox();
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "sent" });
  });
});

describe("what recipients do", () => {
  it("moves rows, counters, the mailbox, preferences and suppressions", async () => {
    const ctx = await openSandbox();
    const people = await addPeople(ctx, 4);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    const all = { campaignId: id };
    expect(await simulateBulk(ctx, { filter: all, event: "delivered" })).toBe(4);
    expect(await simulateBulk(ctx, { filter: all, event: "delivered" })).toBe(0);
    expect(await simulateBulk(ctx, { filter: all, event: "clicked" })).toBe(4);
    const { emails } = await listSandboxEmails(ctx, { campaignId: id, limit: 50, offset: 0 });
    expect(emails.map((mail) => mail.toName)).toEqual(["Person 3", "Person 2", "Person 1", "Person 0"]);
    expect(await simulateBulk(ctx, { filter: { to: emails[0]!.to }, event: "bounced" })).toBe(1);
    expect(await simulateBulk(ctx, { filter: { to: emails[1]!.to }, event: "unsubscribed" })).toBe(1);
    expect(await simulateBulk(ctx, { filter: { to: emails[0]!.to }, event: "opened" })).toBe(0);
    expect(await getCampaignStats(ctx, id)).toMatchObject({
      sent: 4,
      delivered: 4,
      opened: 4,
      clicked: 4,
      bounced: 1,
      unsubscribed: 1,
      verifiedClicked: 4,
    });
    expect(await ctx.db.suppression.findFirst({ where: { email: emails[0]!.to } })).toMatchObject({
      reason: "hard_bounce",
    });
    const gone = await ctx.db.contact.findUniqueOrThrow({ where: { id: emails[1]!.contactId! } });
    expect(gone.globallyUnsubscribed).toBe(true);
    expect(people).toContain(gone.id);
    const [link] = (await getCampaignReport(ctx, id)).links;
    const clickers = { id, outcome: "clicked" as const, limit: 50, offset: 0 };
    expect((await listCampaignEmails(ctx, { ...clickers, link: link!.url })).total).toBe(link!.people);
    expect((await listCampaignEmails(ctx, { ...clickers, link: "https://example.org/none" })).total).toBe(0);
  });

  it("says no to the campaign's category by the link, once and for all, and a test's link changes nothing", async () => {
    const ctx = await openSandbox();
    const [person] = await addPeople(ctx, 1);
    const { id: categoryId } = await ctx.db.category.create({ data: { name: "News", workspaceId: ctx.workspaceId } });
    const { id } = await draftCampaign(ctx, { categoryId });
    await sendCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    await previewCampaign(ctx, { id, email: "staff@example.org", contactId: person! });
    const [test] = await ctx.db.sandboxEmail.findMany({
      where: { to: "staff@example.org", workspaceId: ctx.workspaceId },
    });
    expect(test).toMatchObject({ campaignId: null, contactId: null });

    const tokenOf = (html: string) => /\/u\/([^"]+)"/.exec(html)![1]!;
    await unsubscribe(ctx, tokenOf(test!.html));
    const read = () => ctx.db.contact.findUniqueOrThrow({ where: { id: person! } });
    expect((await read()).communicationPreferences).toEqual({});
    const token = tokenOf((await listCaught(ctx, id))[0]!.html);
    expect(await unsubscribe(ctx, `${token}x`)).toBe(false);
    expect(await unsubscribe(ctx, token)).toBe(true);
    expect(await unsubscribe(ctx, token)).toBe(true);
    expect(await read()).toMatchObject({
      communicationPreferences: { [categoryId]: "unsubscribed" },
      globallyUnsubscribed: false,
    });
    expect(await getCampaignStats(ctx, id)).toMatchObject({ unsubscribed: 1 });
  });
});
