import { listTicketsInput, type UpdateTicketInput } from "@hustings/contracts/support-tickets";
import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PrincipalContext } from "../context";
import { createTestUser, principalContext, testCoreContext } from "../testing/workspace";
import { createReply, createTicket, deleteTicket, toggleVote, updateTicket } from "./commands";
import { getTicket, getTicketStats, listReplies, listTickets } from "./queries";
import { subscribe, toggleFollowingAll, unsubscribe } from "./subscriptions";

let database: TestDatabase;
let owner: PrincipalContext;
let other: PrincipalContext;
let admin: PrincipalContext;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.prisma.ticket.deleteMany();
  [owner, other, admin] = await Promise.all([signIn("viewer"), signIn("member"), signIn("admin")]);
});

const signIn = async (role: "viewer" | "member" | "admin"): Promise<PrincipalContext> =>
  principalContext(testCoreContext(database), await createTestUser(database, role), role);
const open = (ctx: PrincipalContext, title = "The export stops", more: object = {}) =>
  createTicket(ctx, { title, description: "At row 4,012.", type: "bug", ...more });
const list = (ctx: PrincipalContext, input: object = {}) => listTickets(ctx, listTicketsInput.parse(input));
const titles = async (input: object, ctx = owner) => (await list(ctx, input)).tickets.map(({ title }) => title);

describe("tickets", () => {
  it("are everybody's to open, read and answer; who opens or answers one follows it", async () => {
    const made = await open(owner);
    expect(made).toMatchObject({ status: "open", priority: "medium", upvoteCount: 0, replyCount: 0 });
    expect([made.userId, made.userName]).toEqual([owner.principal.userId, owner.principal.name]);
    expect((await getTicket(other, made)).isSubscribed).toBe(false);
    const first = await createReply(other, { id: made.id, body: "Here too." });
    const second = await createReply(owner, { id: made.id, body: "Thanks." });
    const seen = await getTicket(other, made);
    expect(seen.replies).toEqual([first, second]);
    expect(seen).toMatchObject({ isSubscribed: true, followerCount: 1, ticket: { replyCount: 2, hasVoted: false } });
    expect(await listReplies(owner, { id: made.id, limit: 1, offset: 1 })).toEqual({ replies: [second], total: 2 });
    await expect(createReply(owner, { id: newId(), body: "x" })).rejects.toMatchObject({ kind: "not_found" });
    await expect(listReplies(owner, { id: newId(), limit: 1, offset: 0 })).rejects.toMatchObject({ kind: "not_found" });
  });

  it("are found by part of title or description, whatever the case and accents, wildcards literal", async () => {
    await open(owner, "Žiga’s 100% list");
    await open(owner, "An import", { description: "Wants ÉMAILS" });
    expect(await titles({ search: "ziga" })).toEqual(["Žiga’s 100% list"]);
    expect(await titles({ search: "emails" })).toEqual(["An import"]);
    expect(await titles({ search: "0%" })).toEqual(["Žiga’s 100% list"]);
    expect(await titles({ search: "_" })).toEqual([]);
  });

  it("are narrowed, ordered by votes or age, and paged without losing one", async () => {
    const a = await open(owner, "a", { type: "feature", priority: "high" });
    const b = await open(other, "b");
    const c = await open(owner, "c");
    await updateTicket(admin, { id: c.id, status: "closed" });
    for (const ctx of [owner, other]) await toggleVote(ctx, a);
    await toggleVote(owner, c);
    expect(await titles({})).toEqual(["c", "b", "a"]);
    expect(await titles({ sort: "votes" })).toEqual(["a", "c", "b"]);
    expect(await titles({ sort: "votes", status: "open" })).toEqual(["a", "b"]);
    expect(await titles({ mine: true })).toEqual(["c", "a"]);
    expect(await titles({ mine: false, type: "bug", priority: "medium", status: "open" })).toEqual(["b"]);
    expect(await titles({ sort: "votes", page: 2, pageSize: 2 })).toEqual(["b"]);
    const page = await list(other, { status: "open", pageSize: 1 });
    const stats = { open: 2, in_progress: 0, resolved: 0, closed: 1 };
    expect(page).toMatchObject({ total: 2, page: 1, pageSize: 1, stats, tickets: [{ id: b.id, hasVoted: false }] });
    expect(await getTicketStats(owner)).toEqual(stats);
    expect((await list(other, { page: 9 })).total).toBe(3);
  });

  it("have words that only their owner changes, while they are open, and the rest is a global admin's", async () => {
    const { id } = await open(owner);
    const change = (ctx: PrincipalContext, changes: Omit<UpdateTicketInput, "id">) =>
      updateTicket(ctx, { id, ...changes });
    const forbidden = { kind: "forbidden" };
    for (const changes of [{ title: "x" }, { status: "closed" as const }, {}])
      await expect(change(other, changes)).rejects.toMatchObject(forbidden);
    for (const changes of [{ status: "closed" as const }, { priority: "high" as const }, { type: "feature" as const }])
      await expect(change(owner, changes)).rejects.toMatchObject(forbidden);
    await expect(change(admin, { description: "x" })).rejects.toMatchObject(forbidden);
    expect(await getTicket(other, { id })).toMatchObject({ ticket: { title: "The export stops", status: "open" } });

    expect(await change(owner, { title: "It stops", description: "Always." })).toMatchObject({ title: "It stops" });
    const moved = await change(admin, { status: "in_progress", priority: "high", type: "feature" });
    expect(moved).toMatchObject({ status: "in_progress", priority: "high", type: "feature", description: "Always." });
    await expect(change(owner, { title: "Too late" })).rejects.toMatchObject(forbidden);
    await change(admin, { status: "in_progress" });
    const { statusChanges } = await getTicket(owner, { id });
    expect(statusChanges).toMatchObject([{ from: "open", to: "in_progress", userName: admin.principal.name }]);
    await expect(updateTicket(admin, { id: newId(), status: "open" })).rejects.toMatchObject({ kind: "not_found" });
  });

  it("are deleted by a global admin alone, with all that hangs on them", async () => {
    const { id } = await open(owner);
    await createReply(other, { id, body: "x" });
    await toggleVote(other, { id });
    await updateTicket(admin, { id, status: "resolved" });
    await expect(deleteTicket(owner, { id })).rejects.toMatchObject({ kind: "forbidden" });
    await deleteTicket(admin, { id });
    await expect(getTicket(owner, { id })).rejects.toMatchObject({ kind: "not_found" });
    const { ticketReply, ticketVote, ticketSubscription, ticketStatusChange } = database.prisma;
    const left = [ticketReply.count(), ticketVote.count(), ticketSubscription.count(), ticketStatusChange.count()];
    expect(await Promise.all(left)).toEqual([0, 0, 0, 0]);
    await expect(deleteTicket(admin, { id })).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("votes", () => {
  it("are counted as they are, however many people press at once and however often", async () => {
    const { id, updatedAt } = await open(owner);
    const voters = await Promise.all(Array.from({ length: 6 }, () => signIn("viewer")));
    // Everybody presses three times, which is once; two of them once more, which is not at all.
    const presses = voters.flatMap((voter, index) => Array.from({ length: index < 2 ? 4 : 3 }, () => voter));
    const answers = await Promise.all(presses.map((voter) => toggleVote(voter, { id })));
    expect(answers.filter(({ upvoted }) => upvoted)).toHaveLength(12);
    expect(await database.prisma.ticketVote.count({ where: { ticketId: id } })).toBe(4);
    expect((await getTicket(owner, { id })).ticket).toMatchObject({ upvoteCount: 4, updatedAt, hasVoted: false });
    expect(await toggleVote(owner, { id })).toEqual({ upvoted: true, upvoteCount: 5 });
    expect((await getTicket(owner, { id })).ticket.hasVoted).toBe(true);
    expect(await toggleVote(owner, { id })).toEqual({ upvoted: false, upvoteCount: 4 });
    await expect(toggleVote(owner, { id: newId() })).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("subscriptions", () => {
  it("to one ticket go before those to all", async () => {
    const { id } = await open(owner);
    const isSubscribed = async () => (await getTicket(other, { id })).isSubscribed;
    expect(await toggleFollowingAll(other)).toBe(true);
    expect(await isSubscribed()).toBe(true);
    await unsubscribe(other, { id });
    await unsubscribe(other, { id });
    expect(await isSubscribed()).toBe(false);
    expect((await getTicket(owner, { id })).followerCount).toBe(0);
    await subscribe(other, { id });
    expect(await toggleFollowingAll(other)).toBe(false);
    expect(await isSubscribed()).toBe(true);
    await expect(subscribe(other, { id: newId() })).rejects.toMatchObject({ kind: "not_found" });
    await expect(unsubscribe(other, { id: newId() })).rejects.toMatchObject({ kind: "not_found" });
  });
});
