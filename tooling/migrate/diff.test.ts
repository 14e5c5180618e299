import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { diffMigrations } from "./diff";

const prisma = mkdtempSync(path.join(tmpdir(), "hustings-prisma-"));
cpSync(path.join(import.meta.dirname, "../../prisma"), prisma, { recursive: true });
afterAll(() => rmSync(prisma, { recursive: true }));

const server = process.env.HUSTINGS_TEST_DATABASE_URL ?? "";

test("the migrations say what the schema says, and a new field is all that a migration for it contains", async () => {
  expect(await diffMigrations(server, prisma)).toBe("");

  const file = path.join(prisma, "schema/people.prisma");
  const schema = readFileSync(file, "utf8");
  writeFileSync(file, schema.replace(/^model Contact \{$/m, 'model Contact {\n  shoeSize Int? @map("shoe_size")'));
  expect(await diffMigrations(server, prisma)).toBe(
    '-- AlterTable\nALTER TABLE "contacts" ADD COLUMN     "shoe_size" INTEGER;',
  );
}, 60_000);
