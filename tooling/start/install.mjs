import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";

export const root = path.join(import.meta.dirname, "../..");
const stamp = path.join(root, "node_modules/.cache/hustings/install");
const PNPM = "pnpm@10.34.9";
/** node_modules takes 1.5 GB, pnpm's store as much again where it cannot link into it. */
const INSTALL_BYTES = 3_000_000_000;

class UserError extends Error {
  name = "UserError";
}

/**
 * Installs the locked dependencies unless exactly they are there. Uses Node's built-ins only.
 *
 * @param {{ quiet: boolean }} options quiet: say nothing on standard output.
 */
export function installDependencies({ quiet }) {
  assertNode();
  const state = describeLockfile();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === state && existsSync(path.join(root, "node_modules/tsx")))
    return;

  const { bavail, bsize } = statfsSync(root);
  if (!existsSync(path.join(root, "node_modules")) && bavail * bsize < INSTALL_BYTES)
    throw new UserError(
      `Only ${Math.round((bavail * bsize) / 1e6)} MB are free on the disk that holds ${root}, and the dependencies need 3,000 MB.`,
    );

  const started = Date.now();
  const say = quiet ? console.error : console.log;
  say("… Installing the dependencies (a minute or so, the first time)");
  const { status, error } = spawnSync("npx", ["--yes", PNPM, "install", "--frozen-lockfile"], {
    cwd: root,
    stdio: ["ignore", quiet ? 2 : "inherit", "inherit"],
    env: { ...process.env, CI: "true" },
  });
  if (error) throw new UserError(`npx, which comes with Node, cannot be run: ${error.message}.`);
  if (status !== 0) throw new UserError("The dependencies could not be installed; what pnpm says is above.");
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
  say(`✓ Dependencies installed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** What decides about node_modules: the lockfile, the settings of the workspace, and what native packages depend on. */
function describeLockfile() {
  const hash = createHash("sha256");
  for (const name of ["pnpm-lock.yaml", "pnpm-workspace.yaml"]) hash.update(readFileSync(path.join(root, name)));
  return hash.update(`${PNPM} ${process.platform}-${process.arch}`).digest("hex");
}

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new UserError(`Hustings needs Node 20.19 or later (24 is best), and this is Node ${process.versions.node}.`);
}
