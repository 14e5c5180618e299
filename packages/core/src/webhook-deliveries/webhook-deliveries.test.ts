import { type ListDeliveriesInput, listDeliveriesInput } from "@hustings/contracts/webhook-deliveries";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceContext } from "../context";
import { applyProviderEvents } from "../provider-events/apply-provider-events";
import { bodyOf, hear, receive, type Sent, sendOne } from "../testing/sent-message";
import { createTestWorkspace, joinTestWorkspace } from "../testing/workspace";
import { getDelivery, listDeliveries } from "./queries";
import { replayDeliveries, replayDelivery, replaySome, requestReplay } from "./replay";

let database: TestDatabase;
let ctx: WorkspaceContext;
let global: WorkspaceContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.prisma.providerEvent.deleteMany();
  const made = await createTestWorkspace(database);
  ctx = live(made.ctx);
  global = live((await joinTestWorkspace(database, made.workspaceId, { installationRole: "admin" })).ctx);
});

const live = (made: WorkspaceContext): WorkspaceContext => ({
  ...made,
  settings: { ...made.settings, emailMode: "live" },
});
const list = (who: WorkspaceContext, input: Partial<ListDeliveriesInput> = {}) =>
  listDeliveries(who, listDeliveriesInput.parse(input));
const idsOf = async (who: WorkspaceContext, input: Partial<ListDeliveriesInput> = {}) =>
  (await list(who, input)).deliveries.map(({ id }) => id);
const eventIdOf = (body: string): string => JSON.parse(body).data.id;
/** Of another system that shares the provider's account: about no message of ours. */
const foreignTo = (sent: Sent) => bodyOf({ ...sent, messageId: newId() }, "delivered", 1, { tags: [] });
/** About a campaign of ours, and somebody it did not go to. */
const straying = (sent: Sent) => bodyOf({ ...sent, messageId: newId() }, "opened", 60, { recipient: "x@example.org" });

describe("the log of deliveries", () => {
  it("shows each with what became of it: to a workspace its own, to global admins nobody's too", async () => {
    const sent = await sendOne(ctx);
    const { ctx: other } = await createTestWorkspace(database);
    const applied = bodyOf(sent, "opened", 60, { meta: { user_agent: "Mozilla/5.0" } });
    const bodies = [applied, straying(sent), foreignTo(sent), bodyOf(await sendOne(other), "delivered", 1)];
    await hear(ctx, ...bodies, applied);
    const waiting = bodyOf(sent, "delivered", 1);
    await receive(ctx, waiting);
    const [own, stray, foreign] = bodies.map(eventIdOf);
    expect(await idsOf(ctx)).toEqual([stray, own]);
    expect(await idsOf(global)).toEqual([eventIdOf(waiting), foreign, stray, own]);
    expect((await list(ctx)).deliveries).toEqual([
      expect.objectContaining({ outcome: "unmatched", recipient: "x@example.org", campaign: null, contactId: null }),
      expect.objectContaining({
        outcome: "applied",
        recipient: sent.email,
        campaign: { id: sent.campaignId, name: "n" },
        contactId: sent.contactId,
        messageId: sent.messageId,
        likelyMachine: true,
        repeats: 1,
      }),
    ]);
  });

  it("goes on where a page ended, whatever came meanwhile, and is filtered and searched", async () => {
    const sent = await sendOne(ctx);
    const bodies = Array.from({ length: 5 }, (_, index) =>
      bodyOf(sent, index === 2 ? "clicked" : "opened", 60 + index),
    );
    await hear(ctx, ...bodies);
    const newestFirst = bodies.map(eventIdOf).reverse();
    const first = await list(ctx, { limit: 2 });
    await hear(ctx, bodyOf(sent, "opened", 90));
    const second = await list(ctx, { limit: 2, before: first.next as string });
    const third = await list(ctx, { limit: 2, before: second.next as string });
    const walked = [first, second, third].flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
    expect([walked, third.next]).toEqual([newestFirst, null]);
    expect(await idsOf(ctx, { type: "activity.clicked" })).toEqual([newestFirst[2]]);
    expect(await idsOf(ctx, { outcome: "failed" })).toEqual([]);
    expect(await idsOf(ctx, { to: "2026-01-01T00:00:00Z" })).toEqual([]);
    expect(await idsOf(ctx, { search: newestFirst[1] })).toEqual([newestFirst[1]]);
    for (const search of [sent.messageId, sent.email.toUpperCase()])
      expect(await idsOf(ctx, { search })).toHaveLength(6);
    const stray = straying(sent);
    await hear(ctx, stray);
    expect(await idsOf(ctx, { search: "x@example.org" })).toEqual([eventIdOf(stray)]);
  });

  it("keeps the body of what nobody could use, and of nothing else", async () => {
    const sent = await sendOne(ctx);
    const [used, stray] = [bodyOf(sent, "delivered", 1), straying(sent)];
    await hear(ctx, used, stray);
    const { ctx: other } = await createTestWorkspace(database);
    const [strayRow, usedRow] = (await list(ctx)).deliveries;
    expect((await getDelivery(ctx, { id: strayRow?.id ?? "" })).body).toEqual(JSON.parse(stray));
    expect((await getDelivery(ctx, { id: usedRow?.id ?? "" })).body).toBeNull();
    await expect(getDelivery(other, { id: strayRow?.id ?? "" })).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("a replay", () => {
  const outcomesOf = async () => (await list(global)).deliveries.map(({ outcome }) => outcome);
  /** Somebody whose address is known only later. */
  const arriveLate = async (sent: Sent) => {
    const contact = await ctx.db.contact.create({ data: { email: `${newId()}@example.org` } });
    await ctx.db.campaignEmail.create({
      data: { campaignId: sent.campaignId, contactId: contact.id, email: "x@example.org", batchNo: 0, status: 2 },
    });
  };

  it("of one, or of several, applies what can be applied now, once, and the audit says so", async () => {
    const sent = await sendOne(ctx);
    await hear(ctx, bodyOf(sent, "delivered", 1), straying(sent), foreignTo(sent));
    const [foreign, stray, used] = (await idsOf(global)) as [string, string, string];
    await expect(replayDelivery(ctx, { id: used })).rejects.toMatchObject({ kind: "invalid" });
    await expect(replayDelivery(ctx, { id: foreign })).rejects.toMatchObject({ kind: "not_found" });
    await arriveLate(sent);
    expect(await replayDelivery(ctx, { id: stray })).toMatchObject({ id: stray, outcome: "waiting" });
    await expect(replayDelivery(ctx, { id: stray })).rejects.toMatchObject({ kind: "invalid" });
    expect(await ctx.db.outboxEvent.count({ where: { name: "provider/events.received", sentAt: null } })).toBe(1);
    await applyProviderEvents(ctx);
    expect(await outcomesOf()).toEqual(["unmatched", "applied", "applied"]);
    expect(await replayDeliveries(global, { ids: [foreign, stray, used] })).toBe(1);
    expect(await replayDeliveries(ctx, { ids: [foreign, stray, used] })).toBe(0);
    await applyProviderEvents(ctx);
    expect(await outcomesOf()).toEqual(["unmatched", "applied", "applied"]);
    const entries = await ctx.db.auditEntry.findMany({
      where: { workspaceId: ctx.workspaceId, action: "webhookDeliveries.replay" },
    });
    expect(entries).toHaveLength(3);
  });

  it("of a span of time takes everything of it that is the caller's, once", async () => {
    const sent = await sendOne(ctx);
    await hear(ctx, straying(sent), straying(sent), foreignTo(sent), bodyOf(sent, "delivered", 1));
    const span = {
      outcomes: ["unmatched" as const, "failed" as const],
      from: "2026-01-01T00:00:00Z",
      to: new Date(Date.now() + 1_000).toISOString(),
    };
    expect(await requestReplay(ctx, { ...span, outcomes: ["failed"] })).toBe(0);
    expect(await requestReplay(ctx, { ...span, to: "2026-02-01T00:00:00Z" })).toBe(0);
    expect(await requestReplay(global, span)).toBe(3);
    expect(await requestReplay(ctx, span)).toBe(2);
    const asked = await ctx.db.outboxEvent.findFirstOrThrow({
      where: { name: "provider/replay.requested" },
      orderBy: { id: "desc" },
    });
    const request = asked.data as Parameters<typeof replaySome>[1];
    expect(await replaySome(ctx, request)).toBe(2);
    await applyProviderEvents(ctx);
    expect(await replaySome(ctx, request)).toBe(0);
    expect(await outcomesOf()).toEqual(["applied", "unmatched", "unmatched", "unmatched"]);
  });
});
