import { describe, expect, it } from "vitest";
import type { Mishap } from "../../../../../tooling/fakes/google/dial";
import { withGmail } from "../../testing/mailbox";
import { ME, useMailbox } from "../../testing/use-mailbox";
import { refreshEmailConnection } from "../commands";
import { failSync, listConnectionsToSync } from "./sync-connection";

const used = useMailbox();
const { addContact, timeline, met } = used;
const day = (number: number) => new Date(Date.now() - (30 - number) * 86_400_000);

describe("when Google does not answer as it should", () => {
  it("renews the access once, for all calls at a time, and keeps it sealed", async () => {
    for (let number = 0; number < 10; number++) used.world.mailbox.deliver({ from: "ana@example.org", to: ME });
    const before = await used.world.connection();
    used.world.fake.grants.accessTokens.clear();
    await used.world.sync();
    expect(used.world.fake.calls.filter(({ path }) => path === "/token")).toHaveLength(2);
    const after = await used.world.connection();
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).toBe(before.refreshToken);
    for (const token of used.world.fake.grants.accessTokens.keys()) expect(JSON.stringify(after)).not.toContain(token);

    await used.world.ctx.db.emailConnection.update({ where: { id: after.id }, data: { accessExpiresAt: new Date() } });
    await used.world.sync();
    expect(used.world.fake.calls.filter(({ path }) => path === "/token")).toHaveLength(3);
  });

  it("stops when the access was taken back, keeps what it has, and goes on once it is connected again", async () => {
    const ana = await addContact("ana@example.org");
    used.world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(1) });
    await used.world.sync();
    used.world.fake.grants.refreshTokens.clear();
    used.world.fake.grants.accessTokens.clear();
    used.world.mailbox.deliver({ from: "ana@example.org", to: ME, at: day(2) });
    await used.world.sync();
    const { id, status, lastError, syncState } = await used.world.connection();
    expect({ status, lastError, syncState }).toEqual({
      status: "needs_reconnect",
      lastError: "Google says that the access was taken back.",
      syncState: "idle",
    });
    expect(await timeline(ana)).toHaveLength(1);
    expect(await met()).toHaveLength(1);
    const calls = used.world.fake.calls.length;
    await used.world.sync();
    expect(used.world.fake.calls).toHaveLength(calls);
    expect(await listConnectionsToSync(used.world.ctx, null, 10)).not.toContain(id);
    await expect(refreshEmailConnection(used.world.ctx, { id })).rejects.toMatchObject({ kind: "invalid" });

    await used.world.connect();
    await used.world.sync();
    expect(await timeline(ana)).toHaveLength(2);
  });

  it.each<[Mishap, string, string]>([
    ["limited", "limited", "Google limits how much is read at a time."],
    ["userLimited", "limited", "Google limits how much is read at a time."],
    ["forbidden", "refused", "Google refused to answer (403, accessNotConfigured)."],
    ["broken", "unavailable", "Google has trouble of its own (500)."],
    ["slow", "unavailable", "Google did not answer in time."],
    ["reset", "unavailable", "Google could not be reached."],
    ["garbage", "garbled", "Google answered something that is no answer."],
  ])("%s is told to the owner and tried again", async (mishap, failure, sentence) => {
    const ana = await addContact("ana@example.org");
    used.world.mailbox.deliver({ from: "ana@example.org", to: ME });
    used.world.fake.dial.push({ mishap, path: /messages/, times: 1 });
    // Nobody waits for the slow one.
    const ctx = mishap === "slow" ? withGmail(used.world.ctx, used.world.fake, 100) : used.world.ctx;
    const error = await used.world.sync(ctx).catch((thrown: unknown) => thrown as { failure: string; retryAt?: Date });
    expect(error).toMatchObject({ failure });
    if (failure === "limited")
      expect((error as { retryAt: Date }).retryAt.getTime()).toBeGreaterThan(Date.now() + 5_000);
    await failSync(used.world.ctx, (await used.world.connection()).id, sentence);
    expect(await used.world.connection()).toMatchObject({
      status: "connected",
      lastError: sentence,
      syncState: "idle",
    });
    await used.world.sync();
    expect(await used.world.connection()).toMatchObject({ lastError: null });
    expect(await timeline(ana)).toHaveLength(1);
  });

  it("asks for its owner once the tokens cannot be read any more", async () => {
    await used.world.ctx.db.emailConnection.updateMany({
      data: { refreshToken: "v1.broken", accessToken: "v1.broken" },
    });
    await used.world.sync();
    expect(await used.world.connection()).toMatchObject({ status: "needs_reconnect" });
  });
});
