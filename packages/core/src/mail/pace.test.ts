import { createDatabase } from "@hustings/db/client";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import type { MailPace } from "@hustings/email/mail-pace";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createMailPace } from "./pace";

let database: TestDatabase;
let pace: MailPace;
beforeAll(async () => {
  database = await createTestDatabase();
  pace = createMailPace(database.prisma);
});
afterAll(() => database.drop());
beforeEach(() => database.prisma.mailPace.deleteMany());

async function waitFor(count: number, perMinute: number, patienceMs = 3_600_000): Promise<number[]> {
  const waits: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const turn = await pace.reserve("bulk", perMinute, patienceMs);
    if (turn.isReserved) waits.push(turn.waitMs);
  }
  return waits;
}

describe("the pace of calls", () => {
  it("lets a tenth of a minute's calls go at once, and spreads the rest so that no minute holds more than all", async () => {
    const waits = await waitFor(45, 20);
    expect(waits.slice(0, 2)).toEqual([0, 0]);
    expect(waits[2]).toBeGreaterThan(2_500);
    for (const [index, wait] of waits.entries()) {
      const later = waits[index + 20];
      if (later !== undefined) expect(later - wait).toBeGreaterThan(50_000);
    }
  });

  it("is one for all processes", async () => {
    const others = await Promise.all(
      [0, 1, 2].map(async () => {
        const other = createDatabase(database.url);
        const paces = createMailPace(other.prisma);
        const turns = await Promise.all([1, 2, 3, 4].map(() => paces.reserve("single", 10, 3_600_000)));
        await other.close();
        return turns.map((turn) => (turn.isReserved ? turn.waitMs : -1));
      }),
    );
    // Each alone would let four go in 20 s.
    expect(Math.max(...others.flat())).toBeGreaterThan(60_000);
  });

  it("reserves nothing beyond somebody's patience, and says when to come back", async () => {
    expect(await waitFor(5, 10, 7_000)).toHaveLength(2);
    const turn = await pace.reserve("bulk", 10, 7_000);
    if (turn.isReserved) throw new Error("it was reserved");
    expect(turn.retryAt.getTime() - Date.now()).toBeGreaterThan(10_000);
    expect(await pace.reserve("other", 10, 7_000)).toEqual({ isReserved: true, waitMs: 0 });
  });

  it.each([3, -3])("stands still no longer than it must when this process's clock is %i hours off", async (hours) => {
    vi.setSystemTime(Date.now() + hours * 60 * 60_000);
    await pace.hold("bulk", 10, new Date(Date.now() + 42_000));
    vi.useRealTimers();
    const [wait = 0] = await waitFor(1, 10);
    expect(wait).toBeGreaterThan(30_000);
    expect(wait).toBeLessThan(43_000);
  });

  it("stands still while the provider wants to be left alone", async () => {
    await pace.hold("bulk", 10, new Date(Date.now() + 42_000));
    const [first = 0] = await waitFor(1, 10);
    expect(first).toBeGreaterThan(30_000);
    expect(first).toBeLessThan(43_000);
    await pace.hold("bulk", 10, new Date(Date.now() + 1_000)); // shorter than what was said before
    const [second = 0] = await waitFor(1, 10);
    expect(second).toBeGreaterThan(36_000);
  });

  it("slows down for others who use the account too, and not where there are none", async () => {
    // Alone: after each of our calls as many are left as we count ourselves.
    const [first = 0] = await waitFor(1, 20);
    await pace.keepWithin("bulk", 20, { remaining: 19, resetMs: null });
    const [second = 0] = await waitFor(1, 20);
    await pace.keepWithin("bulk", 20, { remaining: 18, resetMs: null });
    expect(first).toBe(0);
    expect(second).toBeLessThan(1_000);

    // Others took most of the minute: the two that are left fall into its end, and the next after it.
    await pace.keepWithin("bulk", 20, { remaining: 2, resetMs: 40_000 });
    const [third = 0, fourth = 0, fifth = 0] = await waitFor(3, 20);
    expect(third).toBeGreaterThan(30_000);
    expect(fourth).toBeLessThan(41_000);
    expect(fifth).toBeGreaterThan(fourth);
    expect(fifth).toBeGreaterThan(40_000);
  });
});
