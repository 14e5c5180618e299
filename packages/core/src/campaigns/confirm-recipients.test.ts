import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addPeople, draftCampaign, openSandboxWorkspace } from "../testing/campaigns";
import { launchLiveCampaign, openLiveWorkspace, runToTheEnd } from "../testing/live-mail";
import { getCampaign } from "./queries";
import { getCampaignSafety } from "./safety";
import { recallCampaign, sendCampaign } from "./send-campaign";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("the first live send of a workspace names the number of people, until one has left for real", async () => {
  const { fake, ctx } = await openLiveWorkspace(database);
  await ctx.db.workspace.update({ where: { id: ctx.workspaceId }, data: { firstLiveAt: null } });
  await addPeople(ctx, 3);
  const { id } = await draftCampaign(ctx);
  const refusal = (words: string) => ({
    kind: "invalid",
    details: [expect.stringMatching(`^confirmRecipients: .*${words}`)],
  });
  await expect(sendCampaign(ctx, id)).rejects.toMatchObject(refusal("must be given"));
  await expect(sendCampaign(ctx, id, { confirmRecipients: 4 })).rejects.toMatchObject(refusal("is 3 now"));
  expect(await getCampaign(ctx, id)).toMatchObject({ status: "draft" });
  // Taken back, it has not left: the next one is the first still.
  await sendCampaign(ctx, id, { confirmRecipients: 3, holdSeconds: 60 });
  await recallCampaign(ctx, id);
  await expect(sendCampaign(ctx, id)).rejects.toMatchObject(refusal("must be given"));
  expect(await getCampaignSafety(ctx, id)).toMatchObject({ mustConfirm: true });
  await ctx.db.campaign.delete({ where: { id } });

  await ctx.db.workspace.update({ where: { id: ctx.workspaceId }, data: { firstLiveAt: new Date() } });
  const launched = await launchLiveCampaign(ctx, 2);
  await runToTheEnd(ctx, launched.id);
  expect(await getCampaignSafety(ctx, launched.id)).toMatchObject({ mustConfirm: false });
  await fake.close();
});

it("in the sandbox none is asked for, and one that is given must be right", async () => {
  const ctx = await openSandboxWorkspace(database);
  await addPeople(ctx, 2);
  const { id } = await draftCampaign(ctx);
  expect(await getCampaignSafety(ctx, id)).toMatchObject({ mustConfirm: false });
  await expect(sendCampaign(ctx, id, { confirmRecipients: 1 })).rejects.toMatchObject({ kind: "invalid" });
  expect(await sendCampaign(ctx, id)).toMatchObject({ status: "queued" });
});
