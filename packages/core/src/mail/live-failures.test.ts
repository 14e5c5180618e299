import { afterEach, describe, expect, it, vi } from "vitest";
import { FAKE_PLANS } from "../../../../tooling/fakes/mailersend/account";
import { EMAIL_STATUS } from "../campaigns/email-status";
import { MailDelayedError } from "../campaigns/hand-over";
import type { WorkspaceContext } from "../context";
import {
  arrivals,
  countPosts,
  fastFakePlan,
  fastPlan,
  launchLiveCampaign,
  readLedger,
  runFirstBatch,
  runToTheEnd,
  shortWaits,
} from "../testing/live-mail";
import { useLiveWorkspaces } from "../testing/use-live-workspaces";

const FAST = 100_000;

const open = useLiveWorkspaces();
afterEach(() => {
  vi.useRealTimers();
});

describe("when a call is not answered", () => {
  it.each([3, 20])("and was taken, %i people get it once", async (people) => {
    const { fake, ctx } = await open();
    const { id, emails } = await launchLiveCampaign(ctx, people);
    fake.chaos.drop_after_accept = 1;
    await expect(runFirstBatch(ctx, id)).rejects.toThrow(MailDelayedError);
    const inFlight = await ctx.db.campaignEmail.count({ where: { campaignId: id, status: EMAIL_STATUS.sending } });
    expect(inFlight).toBeGreaterThan(0);
    fake.chaos = {};
    await runToTheEnd(ctx, id);
    expect(arrivals(fake)).toEqual(emails);
    expect(await readLedger(ctx, id)).toMatchObject({ sent: people, queued: 0, unknown: 0 });
  });

  it("and was not taken, everyone gets it by a second call, but not before it is sure", async () => {
    const { fake, ctx } = await open({}, { waits: { ...shortWaits, settleMs: 60_000 } });
    const { id, emails } = await launchLiveCampaign(ctx, 20);
    fake.chaos.reset_before_accept = 1;
    await expect(runFirstBatch(ctx, id)).rejects.toThrow(MailDelayedError);
    fake.chaos = {};
    await expect(runFirstBatch(ctx, id)).rejects.toThrow("MailerSend did not answer");
    expect(countPosts(fake)).toBe(1);
    await ctx.db.mailHandOver.updateMany({ data: { startedAt: new Date(Date.now() - 120_000) } });
    await runToTheEnd(ctx, id);
    expect(arrivals(fake)).toEqual(emails);
  });

  it.each([3, -3])(
    "and the clock is set by %i hours, nobody is asked too early and nobody waits for ever",
    async (hours) => {
      const { fake, ctx } = await open({}, { waits: { ...shortWaits, settleMs: 60_000 } });
      const { id, emails } = await launchLiveCampaign(ctx, 20);
      fake.chaos.reset_before_accept = 1;
      await expect(runFirstBatch(ctx, id)).rejects.toThrow(MailDelayedError);
      fake.chaos = {};
      vi.setSystemTime(Date.now() + hours * 60 * 60_000);
      await expect(runFirstBatch(ctx, id)).rejects.toThrow("MailerSend did not answer");
      expect(countPosts(fake)).toBe(1);
      vi.useRealTimers();
      await ctx.db.mailHandOver.updateMany({ data: { startedAt: new Date(Date.now() - 120_000) } });
      vi.setSystemTime(Date.now() + hours * 60 * 60_000);
      await runToTheEnd(ctx, id);
      expect(arrivals(fake)).toEqual(emails);
    },
  );

  it("and its turn came too late, it is not made any more", async () => {
    const { fake, ctx } = await open({}, { waits: { ...shortWaits, madeWithinMs: 0 } });
    const { id } = await launchLiveCampaign(ctx, 20);
    await expect(runFirstBatch(ctx, id)).rejects.toThrow("Its turn came too late");
    expect(countPosts(fake)).toBe(0);
    expect(await readLedger(ctx, id)).toMatchObject({ sent: 0, queued: 20 });
  });

  it("and shows in part, the rest is unknown and never sent again", async () => {
    const { fake, ctx } = await open();
    const { id } = await launchLiveCampaign(ctx, 20);
    fake.chaos.drop_after_accept = 1;
    await expect(runFirstBatch(ctx, id)).rejects.toThrow(MailDelayedError);
    fake.chaos = {};
    const [lost] = fake.account.mails.splice(0, 1);
    await runToTheEnd(ctx, id);
    expect(await readLedger(ctx, id)).toMatchObject({ sent: 19, unknown: 1, queued: 0 });
    expect(arrivals(fake)).not.toContain(lost?.to);
  });

  it("and is asked about when MailerSend no longer lists it, it is unknown", async () => {
    const { fake, ctx } = await open();
    const { id } = await launchLiveCampaign(ctx, 20);
    fake.chaos.reset_before_accept = 1;
    await expect(runFirstBatch(ctx, id)).rejects.toThrow(MailDelayedError);
    fake.chaos = {};
    await ctx.db.mailHandOver.updateMany({ data: { startedAt: new Date(Date.now() - 48 * 60 * 60_000) } });
    await runToTheEnd(ctx, id);
    expect(await readLedger(ctx, id)).toMatchObject({ sent: 0, unknown: 20 });
    expect(arrivals(fake)).toEqual([]);
  });
});

describe("when the process is killed", () => {
  /** Hands over (or not), and dies before it can write down what became of it. */
  const dying = (ctx: WorkspaceContext, isHandedOver: boolean): WorkspaceContext => {
    const { mail } = ctx.ports;
    const send: typeof mail.send = async (messages) => {
      if (isHandedOver) await mail.send(messages);
      throw new Error("killed");
    };
    return { ...ctx, ports: { ...ctx.ports, mail: { ...mail, send } } };
  };

  it.each([3, 20])("after the call, the journal knows what was taken for %i people", async (people) => {
    const { fake, ctx } = await open();
    const { id, emails } = await launchLiveCampaign(ctx, people);
    await expect(runFirstBatch(dying(ctx, true), id)).rejects.toThrow("killed");
    const before = countPosts(fake);
    await runToTheEnd(ctx, id);
    expect(countPosts(fake)).toBe(before);
    expect(arrivals(fake)).toEqual(emails);
    expect(await readLedger(ctx, id)).toMatchObject({ sent: people, unknown: 0 });
  });

  it("before the call, everyone gets it and MailerSend is not asked", async () => {
    const { fake, ctx } = await open();
    const { id, emails } = await launchLiveCampaign(ctx, 20);
    await expect(runFirstBatch(dying(ctx, false), id)).rejects.toThrow("killed");
    await runToTheEnd(ctx, id);
    expect(arrivals(fake)).toEqual(emails);
    expect(fake.calls.some(({ path }) => path === "/v1/emails")).toBe(false);
  });
});

describe("when MailerSend wants to be left alone", () => {
  it("nothing leaves and nothing is lost, and nobody calls before its time", async () => {
    const { fake, ctx } = await open({ plan: { ...FAKE_PLANS.hobby, requestsPerDay: 0 } });
    const { id, emails } = await launchLiveCampaign(ctx, 20);
    await expect(runFirstBatch(ctx, id)).rejects.toThrow("#MS42901");
    expect(await readLedger(ctx, id)).toMatchObject({ queued: 20, sent: 0, unknown: 0 });
    expect(await ctx.db.campaignEmail.count({ where: { campaignId: id, status: EMAIL_STATUS.queued } })).toBe(20);
    await expect(runFirstBatch(ctx, id)).rejects.toThrow("Others are sending too");
    expect(countPosts(fake)).toBe(1);

    fake.account.plan = fastFakePlan;
    await ctx.db.mailPace.deleteMany();
    await runToTheEnd(ctx, id);
    expect(arrivals(fake)).toEqual(emails);
  });

  it("since others have used up the minute, it is not called until it is over", async () => {
    const plan = { ...FAKE_PLANS.hobby, bulkPerMinute: 10, emailPerMinute: FAST };
    const { fake, ctx } = await open({ plan }, { plan: { ...fastPlan, bulkPerMinute: 10, messagesPerCall: 10 } });
    const { id } = await launchLiveCampaign(ctx, 30);
    for (let call = 0; call < 9; call++)
      await fetch(`${fake.url}/bulk-email`, {
        method: "POST",
        headers: { authorization: `Bearer ${fake.account.apiKey}` },
        body: "[]",
      });
    await expect(runFirstBatch(ctx, id)).rejects.toThrow("Others are sending too");
    expect(await readLedger(ctx, id)).toMatchObject({ sent: 10, queued: 20 });
    expect(fake.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it("or refuses the account, everyone stays queued", async () => {
    const { fake, ctx } = await open({}, { apiKey: "mlsn.wrong" });
    const { id } = await launchLiveCampaign(ctx, 20);
    await expect(runFirstBatch(ctx, id)).rejects.toThrow("MailerSend answered 401");
    expect(await readLedger(ctx, id)).toMatchObject({ queued: 20 });
    expect(arrivals(fake)).toEqual([]);
  });
});

it("whatever goes wrong at MailerSend, nobody gets a campaign twice and nobody is lost", async () => {
  const { fake, ctx } = await open({ seed: 20 }, { timeoutMs: 150, plan: { ...fastPlan, messagesPerCall: 100 } });
  fake.chaos = {
    reset_before_accept: 0.1,
    limited: 0.1,
    unavailable: 0.1,
    drop_after_accept: 0.1,
    bad_gateway_after_accept: 0.1,
    slow_after_accept: 0.1,
  };
  fake.delays = { slowMs: 400, bulkMs: 10 };
  const { id, emails } = await launchLiveCampaign(ctx, 1_203);
  await runToTheEnd(ctx, id);

  expect(new Set(fake.calls.map(({ status }) => status)).size).toBeGreaterThan(6);
  const stats = await readLedger(ctx, id);
  expect(stats).toMatchObject({ recipients: 1_203, queued: 0, failed: 0, skipped: 0 });
  const arrived = arrivals(fake);
  expect(new Set(arrived).size).toBe(arrived.length);
  const rows = await ctx.db.campaignEmail.findMany({
    where: { campaignId: id, status: EMAIL_STATUS.sent },
    select: { email: true },
  });
  expect(rows.filter(({ email }) => !arrived.includes(email ?? ""))).toEqual([]);
  expect(arrived.length + stats.unknown).toBeGreaterThanOrEqual(emails.length);
});
