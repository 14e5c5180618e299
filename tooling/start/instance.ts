import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isRunning, type ProcessIdentity } from "@hustings/db/process-identity";
import { acquireProcessLock, LockHeldError } from "@hustings/db/process-lock";
import { UserError } from "./user-error";

/** What a running instance says of itself in `<data>/instance.json`, for the command line and the next start. */
export type Instance = {
  appUrl: string;
  databaseUrl: string;
  port: number;
  /** Whether its secrets are those of the data directory. */
  hasDrawnSecrets: boolean;
  starter: ProcessIdentity;
  services: ProcessIdentity[];
};

/** What Postgres and the logs need to work for a while. */
const FREE_BYTES = 300_000_000;

const fileIn = (dataDirectory: string) => path.join(dataDirectory, "instance.json");

/**
 * Claims a data directory for this process.
 *
 * @returns the function that gives it up.
 * @throws UserError when another instance runs on it, or it cannot be written, or its disk is full.
 */
export function claimDataDirectory(dataDirectory: string): () => void {
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    assertSpace(dataDirectory);
    const release = acquireProcessLock(path.join(dataDirectory, "start.lock"));
    return () => {
      rmSync(fileIn(dataDirectory), { force: true });
      release();
    };
  } catch (error) {
    throw toDirectoryError(error, dataDirectory);
  }
}

/** The instance that runs on a data directory now, if any. */
export function findRunningInstance(dataDirectory: string): Instance | null {
  const instance = readInstance(dataDirectory);
  return instance && isRunning(instance.starter) ? instance : null;
}

/** What the last start wrote, whether it still runs or was killed. */
export function readInstance(dataDirectory: string): Instance | null {
  const file = fileIn(dataDirectory);
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Instance) : null;
  } catch (error) {
    // What a machine that lost its power left: nothing of it runs any more.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** For this user's eyes only: the database's address holds its password. What stands there already is not written. */
export function writeInstance(dataDirectory: string, instance: Instance): void {
  const file = fileIn(dataDirectory);
  const text = `${JSON.stringify(instance, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function assertSpace(directory: string): void {
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize < FREE_BYTES)
    throw new UserError(
      `Only ${Math.round((bavail * bsize) / 1e6)} MB are free on the disk that holds ${directory}, and Hustings needs 300 MB: make room, or name another place in HUSTINGS_DATA_DIR.`,
    );
}

/** Turns what the operating system said about the data directory into a sentence; passes anything else on. */
export function toDirectoryError(error: unknown, dataDirectory: string): unknown {
  if (error instanceof LockHeldError) {
    const address = readInstance(dataDirectory)?.appUrl;
    return new UserError(
      `Hustings already runs on the data in ${dataDirectory} (process ${error.holder.pid}${address ? `, ${address}` : ""}): stop it first, or start this one with another HUSTINGS_DATA_DIR and PORT.`,
    );
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new UserError(
      `${dataDirectory} cannot be written (${code}): give this user the right to, or name another place in HUSTINGS_DATA_DIR.`,
    );
  if (code === "ENOSPC" || code === "EDQUOT")
    return new UserError(`No space is left on the disk that holds ${dataDirectory}.`);
  if (code === "EEXIST" || code === "ENOTDIR")
    return new UserError(`${dataDirectory} is not a directory: name another place in HUSTINGS_DATA_DIR.`);
  return error;
}
