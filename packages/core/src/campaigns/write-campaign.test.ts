import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draftCampaign, openSandboxWorkspace } from "../testing/campaigns";
import { updateCampaign } from "./commands";
import { renderCampaign } from "./preview";
import { sendCampaign } from "./send-campaign";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const openSandbox = () => openSandboxWorkspace(database);

describe("writing a campaign", () => {
  it("names line and column of a template that does not parse, at save", async () => {
    const ctx = await openSandbox();
    await expect(draftCampaign(ctx, { body: "<p>\n{{ contact.firstName | nonsense }}</p>" })).rejects.toMatchObject({
      kind: "invalid",
      details: [expect.stringMatching(/^body: line 2/)],
    });
    const rendered = await renderCampaign(ctx, { subject: "x", body: "{% if %}" });
    expect(rendered.error).toMatchObject({ part: "body", line: 1 });
  });

  it("refuses another workspace's segment and category as if they did not exist", async () => {
    const ctx = await openSandbox();
    const other = await openSandbox();
    const category = await other.db.category.create({ data: { name: "Theirs", workspaceId: other.workspaceId } });
    await expect(draftCampaign(ctx, { categoryId: category.id, segmentId: newId() })).rejects.toMatchObject({
      details: ["segmentId: not found", "categoryId: not found"],
    });
  });

  it("refuses to send a category without a way to say no to it, unless that is wanted", async () => {
    const ctx = await openSandbox();
    const { id: categoryId } = await ctx.db.category.create({ data: { name: "News", workspaceId: ctx.workspaceId } });
    const { id } = await draftCampaign(ctx, { categoryId, body: "<p>No way out</p>" });
    await expect(sendCampaign(ctx, id)).rejects.toMatchObject({ kind: "invalid" });
    await updateCampaign(ctx, { id, allowNoUnsubscribe: true });
    expect(await sendCampaign(ctx, id)).toMatchObject({ status: "queued" });
  });

  it("schedules what lies ahead, and makes a draft of it again when its time is taken away", async () => {
    const ctx = await openSandbox();
    const { id } = await draftCampaign(ctx, { scheduledAt: new Date(Date.now() + 3_600_000).toISOString() });
    expect(await sendCampaign(ctx, id)).toMatchObject({ status: "scheduled" });
    await expect(sendCampaign(ctx, id)).rejects.toMatchObject({ kind: "invalid" });
    expect(await updateCampaign(ctx, { id, scheduledAt: null })).toMatchObject({ status: "draft" });
  });
});
