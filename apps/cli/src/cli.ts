import { existsSync } from "node:fs";
import path from "node:path";
import { readMigrations } from "@hustings/db/migrate";
import { toSentence } from "./cli-error";
import { readCliEnv } from "./env";
import { createProgram } from "./program";

const MIGRATIONS = path.join("prisma", "migrations");

/** The nearest directory above that holds the migrations: the same from the sources and from the production bundle. */
function findMigrations(): string {
  for (let directory = import.meta.dirname; ; directory = path.dirname(directory)) {
    if (existsSync(path.join(directory, MIGRATIONS))) return path.join(directory, MIGRATIONS);
    if (directory === path.dirname(directory))
      throw new Error("prisma/migrations is missing: is the project complete?");
  }
}

const program = createProgram({
  readEnv: readCliEnv,
  readMigrations: () => readMigrations(findMigrations()),
  print: (line) => process.stdout.write(`${line}\n`),
  fail: () => {
    process.exitCode = 1;
  },
});

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${toSentence(error)}\n`);
  process.exitCode = 1;
});
