import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { addPeople, draftCampaign, listCaught, openSandboxWorkspace, runCampaignJobs } from "../testing/campaigns";
import { updateWorkspace } from "../workspaces/commands";
import { previewCampaign, renderCampaign } from "./preview";
import { getCampaign } from "./queries";
import { launchScheduledCampaign, pauseCampaign, resumeCampaign, sendCampaign } from "./send-campaign";

const SENDER = {
  senderName: "Open Rivers",
  senderEmail: "news@rivers.example",
  replyTo: "hello@rivers.example",
  timeZone: "Europe/Ljubljana",
  postalAddress: "River Street 1, Ljubljana",
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const live = (ctx: WorkspaceContext): WorkspaceContext => ({
  ...ctx,
  settings: { ...ctx.settings, emailMode: "live" },
});
const saySender = (ctx: WorkspaceContext, sender: Partial<Record<keyof typeof SENDER, string | null>>) =>
  updateWorkspace(ctx, { id: ctx.workspaceId, ...sender });

describe("a workspace's sender", () => {
  it("stands in every campaign that names no other, with where answers go and the postal address", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 1);
    expect(await saySender(ctx, SENDER)).toMatchObject(SENDER);
    const { id } = await draftCampaign(ctx);
    await previewCampaign(ctx, { id, email: "staff@rivers.example" });
    await sendCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    const test = await ctx.db.sandboxEmail.findFirst({ where: { to: "staff@rivers.example" } });
    for (const mail of [test, ...(await listCaught(ctx, id))]) {
      expect(mail).toMatchObject({
        from: "Open Rivers <news@rivers.example>",
        headers: { "Reply-To": "hello@rivers.example" },
        html: expect.stringContaining("River Street 1, Ljubljana"),
        text: expect.stringMatching(/River Street 1, Ljubljana$/),
      });
    }

    const own = await draftCampaign(ctx, { fromName: "Zala", fromEmail: "zala@rivers.example" });
    await sendCampaign(ctx, own.id);
    await runCampaignJobs(ctx, own.id);
    expect(await listCaught(ctx, own.id)).toMatchObject([{ from: "Zala <zala@rivers.example>" }]);
  });

  it("is made up where nobody said it, in the sandbox", async () => {
    const ctx = await openSandboxWorkspace(database);
    await addPeople(ctx, 1);
    const { id } = await draftCampaign(ctx);
    await sendCampaign(ctx, id);
    await runCampaignJobs(ctx, id);
    const [mail] = await listCaught(ctx, id);
    expect(mail?.from).toMatch(/^Workspace \w+ <no-reply@localhost>$/);
    expect(mail?.headers).not.toHaveProperty("Reply-To");
  });

  it("must be complete before anything leaves live, and every missing part is named", async () => {
    const ctx = live(await openSandboxWorkspace(database));
    const { id } = await draftCampaign(ctx);
    await expect(sendCampaign(ctx, id)).rejects.toMatchObject({
      kind: "invalid",
      details: Object.keys(SENDER).map((part) => `${part}: is not set in this workspace`),
    });
    await saySender(ctx, { ...SENDER, senderName: null, senderEmail: null, postalAddress: null });
    const own = await draftCampaign(ctx, { fromName: "Zala", fromEmail: "zala@rivers.example" });
    await expect(sendCampaign(ctx, own.id)).rejects.toMatchObject({
      details: ["postalAddress: is not set in this workspace"],
    });
    const { checks } = await renderCampaign(ctx, { subject: "x", body: "<p>x</p>" });
    expect(checks.find(({ code }) => code === "sender")).toMatchObject({
      level: "stop",
      message: expect.stringContaining("sender name, sender address and postal address"),
    });
    expect(await getCampaign(ctx, id)).toMatchObject({ status: "draft" });
    await saySender(ctx, SENDER);
    expect(await sendCampaign(ctx, id, { confirmRecipients: 0 })).toMatchObject({ status: "queued" });
  });

  it("keeps its parts while live campaigns are on their way", async () => {
    const ctx = live(await openSandboxWorkspace(database));
    await saySender(ctx, SENDER);
    const { id, name } = await draftCampaign(ctx);
    await saySender(ctx, { replyTo: null });
    await saySender(ctx, SENDER);
    await sendCampaign(ctx, id, { confirmRecipients: 0 });
    await expect(saySender(ctx, { postalAddress: null })).rejects.toMatchObject({
      kind: "invalid",
      details: [`campaign "${name}": queued`],
    });
    expect(await saySender(ctx, { postalAddress: "Mill Lane 3" })).toMatchObject({ postalAddress: "Mill Lane 3" });
  });

  it("that lost a part before a scheduled or paused campaign goes on stops it, with the reason", async () => {
    const sandbox = await openSandboxWorkspace(database);
    const ctx = live(sandbox);
    await saySender(ctx, SENDER);
    const paused = await draftCampaign(ctx);
    await sendCampaign(ctx, paused.id, { confirmRecipients: 0 });
    await pauseCampaign(ctx, paused.id);
    const scheduled = await draftCampaign(ctx, { scheduledAt: new Date(Date.now() + 60_000).toISOString() });
    await sendCampaign(ctx, scheduled.id, { confirmRecipients: 0 });
    // A sandbox asks for nothing; the same database may be started live later.
    await saySender(sandbox, { postalAddress: null });

    const later = { ...ctx, ports: { ...ctx.ports, now: () => new Date(Date.now() + 120_000) } };
    await launchScheduledCampaign(later, scheduled.id);
    expect(await getCampaign(ctx, scheduled.id)).toMatchObject({
      status: "failed",
      error: expect.stringContaining("no postal address"),
    });
    await expect(resumeCampaign(ctx, paused.id)).rejects.toMatchObject({
      details: ["postalAddress: is not set in this workspace"],
    });
    expect(await getCampaign(ctx, paused.id)).toMatchObject({ status: "paused" });
  });
});
