import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("./child/child.cjs", import.meta.url));
const PRELUDE = fileURLToPath(new URL("./child/prelude.js", import.meta.url));

const require = createRequire(import.meta.url);

/** Where a package lies, as seen from a file. */
const placeOf = (name: string, from: NodeJS.Require) =>
  realpathSync(path.dirname(from.resolve(`${name}/package.json`)));

/**
 * Puts the child's files where any user of this machine can read them, since it runs under one that owns nothing: a
 * directory named after its content, made once and shared by all workers of this user.
 *
 * @returns the directory; it holds `child.cjs` and all that it reads.
 * @throws Error when somebody else has put something under that name.
 */
export function stageChild(): string {
  const vm2 = placeOf("vm2", require);
  const ofVm2 = createRequire(path.join(vm2, "package.json"));
  const packages = { vm2, acorn: placeOf("acorn", ofVm2), "acorn-walk": placeOf("acorn-walk", ofVm2) };
  const hash = createHash("sha256");
  for (const file of [CHILD, PRELUDE, ...Object.values(packages).map((place) => path.join(place, "package.json"))])
    hash.update(readFileSync(file));
  const owner = process.getuid?.() ?? 0;
  const staged = path.join(realpathSync(tmpdir()), `hustings-scripts-${owner}-${hash.digest("hex").slice(0, 16)}`);
  if (isOurs(staged, owner)) return staged;

  const draft = mkdtempSync(`${staged}-`);
  chmodSync(draft, 0o755);
  cpSync(CHILD, path.join(draft, "child.cjs"));
  cpSync(PRELUDE, path.join(draft, "prelude.js"));
  for (const [name, place] of Object.entries(packages)) {
    const target = path.join(draft, "node_modules", name);
    mkdirSync(target, { recursive: true });
    cpSync(place, target, {
      recursive: true,
      filter: (file) => !path.relative(place, file).split(path.sep).includes("node_modules"),
    });
  }
  try {
    renameSync(draft, staged);
  } catch (error) {
    // Another worker was quicker.
    rmSync(draft, { recursive: true, force: true });
    if (!isOurs(staged, owner)) throw error;
  }
  return staged;
}

/** Nobody but us can have written into it. */
function isOurs(directory: string, owner: number): boolean {
  const found = lstatSync(directory, { throwIfNoEntry: false });
  if (!found) return false;
  if (found.isDirectory() && (process.getuid === undefined || found.uid === owner) && (found.mode & 0o022) === 0)
    return true;
  throw new Error(`${directory} was not made by this user: remove it`);
}
