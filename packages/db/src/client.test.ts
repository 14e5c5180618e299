import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Db, inTransaction } from "./client";
import { createTestDatabase, type TestDatabase } from "./test-database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.prisma.$executeRaw`create table counters (name text primary key, n int not null)`;
  await database.prisma.$executeRaw`insert into counters values ('a', 0), ('b', 0)`;
});
afterAll(() => database.drop());

const countUp = (tx: Db, name: string) => tx.$executeRaw`update counters set n = n + 1 where name = ${name}`;

describe("inTransaction", () => {
  it("runs again what lost to another transaction, and as a whole", async () => {
    let waiting = 0;
    let release = () => {};
    const bothHaveOne = new Promise<void>((resolve) => {
      release = resolve;
    });
    const lockInOrder = (first: string, second: string) =>
      inTransaction(database.prisma, async (tx) => {
        await countUp(tx, first);
        if (++waiting === 2) release();
        await bothHaveOne;
        await countUp(tx, second);
      });

    await Promise.all([lockInOrder("a", "b"), lockInOrder("b", "a")]);

    expect(waiting).toBeGreaterThan(2);
    expect(await database.prisma.$queryRaw`select name, n from counters order by name`).toEqual([
      { name: "a", n: 2 },
      { name: "b", n: 2 },
    ]);
  });

  it("does not repeat what failed for a reason of its own", async () => {
    let runs = 0;
    const failing = inTransaction(database.prisma, async (tx) => {
      runs++;
      await tx.$executeRaw`insert into counters values ('a', 1)`;
    });
    await expect(failing).rejects.toMatchObject({ code: "P2010" });
    expect(runs).toBe(1);
  });
});

it("outlives a connection that breaks in somebody's hands", async () => {
  const client = await database.pool.connect();
  const { rows } = await client.query("select pg_backend_pid() as pid");
  const broken = new Promise((resolve) => client.once("end", resolve));
  await database.pool.query("select pg_terminate_backend($1)", [rows[0].pid]);
  await broken;
  await expect(client.query("select 1")).rejects.toThrow();
  client.release(true);
  expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});
