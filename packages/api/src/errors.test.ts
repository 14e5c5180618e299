import { newId } from "@hustings/db/ids";
import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fieldErrors, retryAfterSeconds, toTrpcError } from "./errors";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const raise = (sqlState: string) => `do $$ begin raise sqlstate '${sqlState}'; end $$`;

async function failureOf(work: () => Promise<unknown>) {
  const thrown = await work().then(
    () => undefined,
    (error: unknown) => error,
  );
  return toTrpcError(thrown);
}

describe("a failure of the database", () => {
  it("is a conflict where what was looked up a moment ago is gone", async () => {
    const user = await database.prisma.user.create({ data: { email: `${newId()}@example.org`, name: "x" } });
    const workspaceId = newId();
    const failures = [
      () => database.prisma.membership.create({ data: { workspaceId, userId: user.id, role: "viewer" } }),
      () =>
        database.prisma
          .$executeRaw`insert into memberships (workspace_id, user_id, role) values (${workspaceId}::uuid, ${user.id}::uuid, 'viewer')`,
    ];
    for (const failure of failures) expect((await failureOf(failure)).code).toBe("CONFLICT");
  });

  it("is a passing one where something took too long", async () => {
    const failures = [
      () =>
        database.prisma.$transaction(async (tx) => {
          await tx.$executeRaw`set local statement_timeout = 20`;
          await tx.$queryRaw`select pg_sleep(5)::text`;
        }),
      () =>
        database.prisma.$transaction(
          async (tx) => {
            await tx.$queryRaw`select pg_sleep(0.2)::text`;
            await tx.$queryRaw`select 1`;
          },
          { timeout: 50 },
        ),
    ];
    for (const failure of failures) {
      const error = await failureOf(failure);
      expect([error.code, retryAfterSeconds(error)]).toEqual(["SERVICE_UNAVAILABLE", 5]);
    }
  });

  it.each([
    ["a server that shuts down", raise("57P01"), "The database is away"],
    ["a connection that ends under a query", "select pg_terminate_backend(pg_backend_pid())", "The database is away"],
    ["too many connections", raise("53300"), "The database is away"],
    ["a full disk", raise("53100"), "There is no room left for this"],
  ])("%s is a passing failure, through Prisma and past it", async (_name, query, words) => {
    for (const work of [() => database.prisma.$executeRawUnsafe(query), () => database.pool.query(query)]) {
      const error = toTrpcError(await work().catch((thrown: unknown) => thrown));
      expect([error.code, error.message.slice(0, words.length)]).toEqual(["SERVICE_UNAVAILABLE", words]);
    }
  });

  it("is our own fault otherwise, and its words stay inside", async () => {
    const error = await failureOf(() => database.prisma.$queryRaw`select * from nowhere`);
    expect([error.code, error.message]).toEqual(["INTERNAL_SERVER_ERROR", "Internal server error"]);
  });
});

describe("wrong fields", () => {
  it("are named up to a thousand, and counted beyond", () => {
    const { error } = z.array(z.string()).safeParse(Array.from({ length: 1_203 }, (_, index) => index));
    const errors = fieldErrors(error as z.ZodError);
    expect(errors).toHaveLength(1_001);
    expect(errors.at(-1)).toBe("and 203 more");
  });
});
