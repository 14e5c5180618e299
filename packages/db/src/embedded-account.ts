import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { EmbeddedPostgresError } from "./embedded-error";

/** The operating-system account that Postgres runs under; undefined means: ours. Postgres refuses to run as root. */
export type Account = { uid: number; gid: number };

/**
 * Chooses the account: whoever owns an existing data directory, else `postgres` or `nobody` when we are root.
 *
 * @throws EmbeddedPostgresError when the directory is somebody else's.
 */
export function chooseAccount(dataDirectory: string): Account | undefined {
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  const ownUid = process.getuid?.();
  if (ownUid !== 0) {
    if (owner && ownUid !== undefined && owner.uid !== ownUid)
      throw new EmbeddedPostgresError(
        `${dataDirectory} belongs to user ${owner.uid} and we are user ${ownUid}: start as the same user as before, or name another place in HUSTINGS_DATA_DIR.`,
      );
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = readAccounts();
  const account = accounts.get("postgres") ?? accounts.get("nobody");
  if (!account)
    throw new EmbeddedPostgresError(
      "Postgres refuses to run as root and there is no user `postgres` or `nobody`: start as another user.",
    );
  return account;
}

/** Whether the account can reach and read a path, as the kernel sees it. */
export function canRead(path: string, account: Account | undefined): boolean {
  return spawnSync("/bin/sh", ["-c", 'test -r "$0"', path], { ...account, cwd: "/" }).status === 0;
}

function readAccounts(): Map<string, Account> {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  return new Map(
    lines
      .map((line) => line.split(":"))
      .map(([name = "", , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }] as const),
  );
}
