import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync, readFileSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";
/** Four times what the tests hold there at their peak. */
const ENOUGH_BYTES = 2e9;

/**
 * Where the tests of this checkout keep their files: in memory where there is plenty, since a database per test file
 * is some 600 new files, which takes ext4 ten to forty times as long.
 *
 * @returns `server` for the database server, and `temporary` for what tests make by themselves, open to the accounts
 *   that they run programs as.
 */
export function makeTestDirectories(): { server: string; temporary: string } {
  const checkout = createHash("sha256")
    .update(import.meta.dirname)
    .digest("hex")
    .slice(0, 8);
  const server = join(hasRoomInMemory() ? MEMORY : tmpdir(), `hustings-test-${process.getuid?.()}-${checkout}`);
  const temporary = `${server}-tmp`;
  mkdirSync(server, { recursive: true, mode: 0o700 });
  mkdirSync(temporary, { recursive: true, mode: 0o755 });
  return { server, temporary };
}

function hasRoomInMemory(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    // Programs are copied there and run, which some containers forbid.
    const forbidsPrograms = new RegExp(`^\\S+ ${MEMORY} \\S+ \\S*\\bnoexec\\b`, "m");
    return (
      Math.min(bavail * bsize, freemem()) > ENOUGH_BYTES && !forbidsPrograms.test(readFileSync("/proc/mounts", "utf8"))
    );
  } catch {
    // Another system than Linux, or a closed one: the disk serves as well, later.
    return false;
  }
}
