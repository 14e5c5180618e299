import { createTestDatabase, type TestDatabase } from "@hustings/db/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { toTrpcError } from "./errors";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const raise = (sqlState: string) => `do $$ begin raise sqlstate '${sqlState}'; end $$`;

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

it("any other failure of the database is ours", async () => {
  const error = toTrpcError(await database.pool.query("select nonsense").catch((thrown: unknown) => thrown));
  expect([error.code, error.message]).toEqual(["INTERNAL_SERVER_ERROR", "Internal server error"]);
});
