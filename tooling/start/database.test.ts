import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { explainDatabaseEnd } from "./database";

test.each([
  ['PANIC:  could not write to file "pg_wal/xlogtemp.29": No space left on device', /^No space is left on the disk/],
  ["LOG:  database system is shut down", /postgres\.log says why\.$/],
])("a database that ended with %j is explained", (line, sentence) => {
  const directory = mkdtempSync(path.join(tmpdir(), "hustings-database-"));
  writeFileSync(path.join(directory, "postgres.log"), `LOG:  starting\n${line}\n`);
  expect(explainDatabaseEnd(directory)).toMatch(sentence);
  rmSync(directory, { recursive: true });
});
