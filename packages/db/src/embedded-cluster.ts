import { spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Account, canRead } from "./embedded-account";
import { EMBEDDED_MAJOR_VERSION } from "./embedded-binaries";
import { EmbeddedPostgresError, toStartError } from "./embedded-error";
import { readPostgresEnvironment } from "./env";

export type ClusterOptions = {
  programs: string;
  directory: string;
  dataDirectory: string;
  account: Account | undefined;
  password: string;
};

/** Whether a data directory has been made completely. */
export const hasCluster = (dataDirectory: string): boolean => existsSync(join(dataDirectory, "PG_VERSION"));

/**
 * Makes the data directory when there is none, in one move, so that an interrupted start leaves nothing half made.
 *
 * @throws EmbeddedPostgresError when the one that is there was made by another major version.
 */
export function createCluster(options: ClusterOptions): void {
  const { dataDirectory, account } = options;
  if (hasCluster(dataDirectory)) {
    assertMajorVersion(dataDirectory);
    return;
  }
  const draft = `${dataDirectory}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (account) chownSync(draft, account.uid, account.gid);
  runInitdb(draft, options);
  rmSync(dataDirectory, { recursive: true, force: true });
  renameSync(draft, dataDirectory);
}

function assertMajorVersion(dataDirectory: string): void {
  const version = readFileSync(join(dataDirectory, "PG_VERSION"), "utf8").trim();
  if (version === EMBEDDED_MAJOR_VERSION) return;
  throw new EmbeddedPostgresError(
    `${dataDirectory} was made by Postgres ${version} and this Hustings brings Postgres ${EMBEDDED_MAJOR_VERSION}: ` +
      `dump it with the Hustings that made it and load the dump here, or name another place in HUSTINGS_DATA_DIR.`,
  );
}

function runInitdb(draft: string, { programs, account, password, directory }: ClusterOptions): void {
  // Read through an open file, since the account may not be able to walk to it.
  const passwordFile = join(directory, "postgres.password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const input = openSync(passwordFile, "r");
  try {
    const { status, error, stdout, stderr } = spawnSync(
      join(programs, "initdb"),
      [
        ...[
          "-D",
          visiblePath(draft, account),
          "-U",
          "postgres",
          "-A",
          "scram-sha-256",
          "--pwfile=/dev/stdin",
          "-E",
          "UTF8",
        ],
        ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync", "--no-instructions"],
      ],
      { ...account, cwd: draft, stdio: [input, "pipe", "pipe"], encoding: "utf8", env: readPostgresEnvironment() },
    );
    if (error) throw new EmbeddedPostgresError(`The embedded Postgres cannot run on this machine: ${error.message}.`);
    if (status !== 0) throw toStartError(`${stdout}\n${stderr}`, draft, "what initdb printed");
  } finally {
    closeSync(input);
    rmSync(passwordFile, { force: true });
  }
}

/**
 * The data directory as Postgres itself can open it. A clone under /root is closed to its account, but the working
 * directory that it inherits is open: Linux resolves /proc/self/cwd without walking the closed path.
 *
 * @throws EmbeddedPostgresError elsewhere than on Linux, when the account cannot reach the directory.
 */
export function visiblePath(dataDirectory: string, account: Account | undefined): string {
  if (canRead(dataDirectory, account)) return dataDirectory;
  if (process.platform === "linux") return "/proc/self/cwd";
  throw new EmbeddedPostgresError(
    `Postgres refuses to run as root, and the user that it runs under cannot reach ${dataDirectory}: start as another user, or name an open place in HUSTINGS_DATA_DIR.`,
  );
}
