import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { addPeople, draftCampaign, listCaught, openSandboxWorkspace, runCampaignJobs } from "../testing/campaigns";
import { createTestWorkspace } from "../testing/workspace";
import { countAudience, countFilterAudience, countLacking, listAudience } from "./audience";
import { explainRecipient } from "./explain-recipient";
import { listCampaignEmails } from "./queries";
import { sendCampaign } from "./send-campaign";

describe("an audience", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function add(ctx: WorkspaceContext, person: { email?: string; globallyUnsubscribed?: boolean }) {
    const { id } = await ctx.db.contact.create({ data: { id: newId(), firstName: "Ana", ...person } });
    await ctx.db.contactWorkspace.create({ data: { contactId: id, workspaceId: ctx.workspaceId } });
    return person.email ?? "";
  }
  const address = () => `${newId()}@example.org`;

  it("says who could be emailed, and of the others each one reason", async () => {
    const { ctx } = await createTestWorkspace(database);
    const { ctx: other } = await createTestWorkspace(database);
    const [hard, here, elsewhere] = [address(), address(), address()];
    for (const email of [hard, here, elsewhere]) await add(ctx, { email });
    await add(ctx, {});
    await add(ctx, { globallyUnsubscribed: true });
    await add(ctx, { email: address(), globallyUnsubscribed: true });
    await add(other, { email: address() });
    await database.prisma.suppression.createMany({
      data: [
        { email: hard, reason: "hard_bounce" },
        { email: here, reason: "manual", workspaceId: ctx.workspaceId },
        { email: elsewhere, reason: "manual", workspaceId: other.workspaceId },
      ],
    });
    expect(await countFilterAudience(ctx, { filter: { match: "all", conditions: [] } })).toEqual({
      matched: 6,
      recipients: 1,
      excluded: { noEmail: 2, unsubscribed: 1, category: 0, suppressed: 2, duplicate: 0 },
      suppressedBecause: { hard_bounce: 1, soft_bounces: 0, complaint: 0, manual: 1 },
    });
    const condition = { field: "email", operator: "eq" as const, value: hard };
    expect(await countFilterAudience(ctx, { filter: { match: "all", conditions: [condition] } })).toMatchObject({
      matched: 1,
      recipients: 0,
    });
  });

  it("refuses a filter that does not compile, naming the condition", async () => {
    const { ctx } = await createTestWorkspace(database);
    const condition = { field: "createdAt", operator: "after" as const, value: "soon" };
    await expect(countFilterAudience(ctx, { filter: { match: "all", conditions: [condition] } })).rejects.toMatchObject(
      {
        kind: "invalid",
        details: [expect.stringContaining("filter.conditions.0.value")],
      },
    );
  });

  it("counts who of a campaign's recipients has nothing under a field", async () => {
    const { ctx } = await createTestWorkspace(database);
    await add(ctx, { email: address() });
    const email = await add(ctx, { email: address() });
    await ctx.db.contact.update({ where: { email }, data: { lastName: "Novak" } });
    await add(ctx, { email: address(), globallyUnsubscribed: true });
    const everybody = { segmentId: null, categoryId: null };
    const counts = ["firstName", "lastName", "customFields.mp"].map((field) => countLacking(ctx, everybody, field));
    expect(await Promise.all(counts)).toEqual([0, 1, 2]);
    await expect(countLacking(ctx, everybody, "interaction.nothing")).rejects.toMatchObject({
      kind: "invalid",
      details: ["field: must name a field of people"],
    });
  });

  it("leaves out, with the reason, and counts with the function that freezes", async () => {
    const ctx = await openSandboxWorkspace(database);
    const [none, globally, category, suppressed, complained, gets] = await addPeople(ctx, 6);
    const { id: categoryId } = await ctx.db.category.create({ data: { name: "Alerts", workspaceId: ctx.workspaceId } });
    await ctx.db.contact.update({ where: { id: none! }, data: { email: null } });
    await ctx.db.contact.update({ where: { id: globally! }, data: { globallyUnsubscribed: true } });
    await ctx.db.contact.update({
      where: { id: category! },
      data: { communicationPreferences: { [categoryId]: "unsubscribed" } },
    });
    const { email } = await ctx.db.contact.findUniqueOrThrow({ where: { id: suppressed! } });
    const byHand = { reason: "manual" as const, workspaceId: ctx.workspaceId };
    await ctx.db.suppression.create({ data: { email: email!, ...byHand } });
    const { email: spammed } = await ctx.db.contact.findUniqueOrThrow({ where: { id: complained! } });
    await ctx.db.suppression.create({ data: { email: spammed!, ...byHand } });
    await ctx.db.suppression.create({ data: { email: spammed!, reason: "complaint" } });
    const campaign = await draftCampaign(ctx, { categoryId });

    expect(await countAudience(ctx, campaign)).toEqual({
      matched: 6,
      recipients: 1,
      excluded: { noEmail: 1, unsubscribed: 1, category: 1, suppressed: 2, duplicate: 0 },
      suppressedBecause: { hard_bounce: 0, soft_bounces: 0, complaint: 1, manual: 1 },
    });
    const page = { id: campaign.id, page: 1, pageSize: 50 };
    const idsOf = async (group: "suppressed" | "complaint" | "manual") =>
      (await listAudience(ctx, campaign, { ...page, group })).people.map(({ id }) => id);
    expect(await idsOf("suppressed")).toEqual([complained, suppressed]);
    expect([await idsOf("complaint"), await idsOf("manual")]).toEqual([[complained], [suppressed]]);
    expect(await explainRecipient(ctx, { id: campaign.id, contactId: globally! })).toMatchObject({
      outcome: "excluded",
    });
    await sendCampaign(ctx, campaign.id);
    await runCampaignJobs(ctx, campaign.id);
    expect((await listCaught(ctx, campaign.id)).map((mail) => mail.contactId)).toEqual([gets]);
    expect((await listCampaignEmails(ctx, { id: campaign.id, limit: 100, offset: 0 })).total).toBe(1);
    expect(await explainRecipient(ctx, { id: campaign.id, contactId: gets! })).toMatchObject({ outcome: "captured" });
    expect((await explainRecipient(ctx, { id: campaign.id, contactId: complained! })).reason).toBe(
      "Left out at the launch. The address was suppressed, since somebody there had marked us as spam.",
    );
  });
});
