import { EMAIL_STATUS } from "@hustings/core/campaigns/email-status";
import { launchLiveCampaign, openLiveWorkspace, runToTheEnd } from "@hustings/core/testing/live-mail";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { ensureSchema } from "@hustings/job-engine/schema";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FakeMailersend } from "../fakes/mailersend/fake-mailersend";
import { auditCampaign } from "./audit";
import type { Fate } from "./campaign";
import type { Told } from "./events";

let database: TestDatabase;
let fake: FakeMailersend;
beforeAll(async () => {
  database = await createTestDatabase();
  await ensureSchema(database.pool);
});
afterAll(async () => {
  await fake.close();
  await database.drop();
});

it("finds nothing wrong with a campaign that went well, and whatever is", async () => {
  const opened = await openLiveWorkspace(database);
  fake = opened.fake;
  const { ctx } = opened;
  const { id, emails } = await launchLiveCampaign(ctx, 6);
  await runToTheEnd(ctx, id);
  await ctx.db.outboxEvent.deleteMany();
  const fates = new Map(emails.map((email): [string, Fate] => [email, "mailed"]));
  const told: Told = { delivered: new Set(), opened: new Set(), clicked: new Set(), hard_bounced: new Set() };
  const audit = async () => (await auditCampaign({ fake, database }, { id, fates }, told)).problems;
  expect(await audit()).toEqual([]);

  const [twice, lost, unknown, , bounced] = emails;
  const { mails } = fake.account;
  mails.push(...mails.filter(({ to }) => to === twice));
  mails.splice(
    mails.findIndex(({ to }) => to === lost),
    1,
  );
  const setRow = (email: string | undefined, data: object) =>
    ctx.db.campaignEmail.updateMany({ where: { campaignId: id, email: email ?? "" }, data });
  await setRow(unknown, { status: EMAIL_STATUS.queued });
  await setRow(bounced, { bouncedAt: new Date() });
  told.delivered.add(emails[5] ?? "");
  await ctx.db.outboxEvent.create({ data: { name: "campaign/batch.queued", data: {} } });
  const problems = await audit();
  for (const problem of [
    "1 × somebody is still queued",
    "1 × the equation does not hold at the end: the counters and the rows differ: queued 0 and 1, sent 6 and 5",
    `1 × got it more than once: ${twice}: 2 times`,
    `1 × never got it: ${lost}`,
    `1 × got it, which the ledger does not know: ${unknown}`,
    `1 × has an event that nobody told: ${bounced}: hard_bounced`,
    `1 × misses an event that was told: ${emails[5]}: delivered`,
    "1 × the jobs did not come to rest: event campaign/batch.queued was not sent",
  ])
    expect(problems.join("\n")).toContain(problem);
});
