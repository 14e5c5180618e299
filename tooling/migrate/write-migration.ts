import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@hustings/db/embedded";
import { diffMigrations } from "./diff";

const USAGE = `npm run db:migrate -- --name what_changes   writes prisma/migrations/<time>_what_changes/migration.sql
npm run db:migrate -- --check               fails when the migrations lack something of the schema`;

/**
 * Writes the migration that brings a database from the committed migrations to `prisma/schema`, for its author to
 * read and complete; `npm start` applies it.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { name: { type: "string" }, check: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  if (!values.check && !/^[a-z][a-z0-9_]*$/.test(values.name ?? ""))
    throw new Error(`A name is needed, of small letters, digits and underscores:\n${USAGE}`);

  const prisma = join(import.meta.dirname, "../../prisma");
  const script = await diffOnThrowawayServer(prisma);
  if (values.check) {
    if (script !== "")
      throw new Error(
        `The migrations lack what prisma/schema says; run "npm run db:migrate -- --name …":\n\n${script}`,
      );
    return console.log("The migrations say what prisma/schema says.");
  }
  if (script === "") return console.log("Nothing to write: the migrations say what prisma/schema says.");
  const directory = join(prisma, "migrations", `${toTimestamp(new Date())}_${values.name}`);
  mkdirSync(directory);
  writeFileSync(join(directory, "migration.sql"), `${script}\n`);
  console.log(
    `${script}\n\nWrote ${join(directory, "migration.sql")}. Read it, add what only SQL can say; the next start applies it.`,
  );
}

async function diffOnThrowawayServer(prisma: string): Promise<string> {
  const directory = join(tmpdir(), `hustings-migrate-${process.getuid?.()}`);
  const server = await startEmbeddedPostgres({ directory, durable: false });
  try {
    return await diffMigrations(server.urlOf("postgres"), prisma);
  } finally {
    await server.stop();
  }
}

/** As Prisma names migrations: UTC, to the second. */
const toTimestamp = (date: Date) => date.toISOString().replace(/\D/g, "").slice(0, 14);

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
