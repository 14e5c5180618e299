import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./embedded-error";
import type { ProcessIdentity } from "./process-identity";

/** What is remembered beside the data: the port of last time, the password, and whose server it is. */
export type EmbeddedState = {
  port: number;
  password: string;
  /** The process that the server ends with; null for one that stays. */
  owner: ProcessIdentity | null;
};

const fileIn = (directory: string) => join(directory, "postgres.json");

/**
 * Reads what the last start wrote; null when there was none.
 *
 * @throws EmbeddedPostgresError when it is damaged.
 */
export function readEmbeddedState(directory: string): EmbeddedState | null {
  try {
    return JSON.parse(readFileSync(fileIn(directory), "utf8")) as EmbeddedState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (error instanceof SyntaxError)
      throw new EmbeddedPostgresError(
        `${fileIn(directory)}, which holds the database's password, is damaged: restore it, or name another place in HUSTINGS_DATA_DIR.`,
      );
    throw error;
  }
}

/** Writes it in one move, for this user's eyes only: it holds the password. */
export function writeEmbeddedState(directory: string, state: EmbeddedState): void {
  const path = fileIn(directory);
  writeFileSync(`${path}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
