import { expect, test } from "vitest";
import { stripNoise } from "./noise";

const schema = `
model Contact {
  id     String @id
  search Unsupported("text")? @default(dbgenerated())
  folded Unsupported("jsonb")? @default(dbgenerated()) @map("custom_fields_folded")

  @@map("contacts")
}
`;

test("what the engine says about generated columns without cause is left out", () => {
  const script = `-- DropIndex
DROP INDEX "contacts_custom_fields_folded";

-- AlterTable
ALTER TABLE "contacts" ALTER COLUMN "search" SET DATA TYPE text,
ALTER COLUMN "custom_fields_folded" SET DATA TYPE jsonb;

-- CreateIndex
CREATE INDEX "contacts_custom_fields_folded" ON "contacts" USING GIN ("custom_fields_folded" jsonb_path_ops);
`;
  expect(stripNoise(script, schema)).toBe("");
});

test("every real change stays, also in the same statement", () => {
  const script = `-- DropIndex
DROP INDEX "contacts_old";

-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "nickname" TEXT,
ALTER COLUMN "search" SET DATA TYPE text,
ALTER COLUMN "first_name" SET DATA TYPE VARCHAR(10);

-- AlterTable
ALTER TABLE "tags" ALTER COLUMN "search" SET DATA TYPE text;

-- CreateIndex
CREATE INDEX "contacts_new" ON "contacts"("nickname");
`;
  expect(stripNoise(script, schema)).toBe(`-- DropIndex
DROP INDEX "contacts_old";

-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "nickname" TEXT,
ALTER COLUMN "first_name" SET DATA TYPE VARCHAR(10);

-- AlterTable
ALTER TABLE "tags" ALTER COLUMN "search" SET DATA TYPE text;

-- CreateIndex
CREATE INDEX "contacts_new" ON "contacts"("nickname");`);
});
