import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ScriptLimits } from "./job";
import { startChild } from "./sealed-child";
import { accountFlags, type ChildPlace, LAYERS, type Layer, namespaceFlags, type Wall } from "./wall";

const run = promisify(execFile);
const PROBE_MS = 10_000;

/** What is between scripts and the world on this machine. */
export type WallReport = {
  wall: Wall;
  /** In words, one a layer that cannot be had; `keepsFrom` says what from, `allow` how it could be had. */
  missing: { layer: Layer; says: string; keepsFrom: string; allow: string }[];
  /** Why no script can run at all, not even in reduced isolation; else null. */
  broken: string | null;
};

const MISSING: Record<Layer, { says: string; keepsFrom: string; allow: string }> = {
  network: {
    says: "scripts cannot be cut off from the network: this machine or container forbids unshare",
    keepsFrom: "the network, and what this machine shares between programs",
    allow: "In a container: --cap-add SYS_ADMIN, or a seccomp profile that allows unshare. Elsewhere: user namespaces.",
  },
  user: {
    says: "scripts cannot run under an account of their own",
    keepsFrom: "files, and from ending the worker and other scripts",
    allow:
      "Run the worker as root in its container (it gives up all rights for a script), or allow user namespaces; install util-linux for setpriv.",
  },
  limits: {
    says: "the kernel's limits cannot be set",
    keepsFrom: "taking all of the processor, the memory and the disk",
    allow: "Install util-linux (prlimit).",
  },
  permissions: {
    says: "Node's permission model does not hold",
    keepsFrom: "files, programs, threads and native code",
    allow: "Use Node 20.19 or later, in a place that every user can read.",
  },
  seal: {
    says: "a running process cannot be sealed",
    keepsFrom: "opening a socket or a file, or starting a program, once they run",
    allow: "Install util-linux (prlimit); a container must allow prlimit on own processes.",
  },
};

/** Tries each layer by its own program, and then all that work, together, in a real child. */
export async function probeWall(limits: ScriptLimits, place: ChildPlace): Promise<WallReport> {
  const isRoot = process.getuid?.() === 0;
  const isLinux = process.platform === "linux";
  const hasNetwork = isLinux && (await works("unshare", ...namespaceFlags(isRoot), "true"));
  const hasUser = isLinux && (isRoot ? await works("setpriv", ...accountFlags(place.uid), "true") : hasNetwork);
  const hasLimits = isLinux && (await works("prlimit", "--nofile=64", "true"));
  const layers = new Set<Layer>(["permissions"]);
  if (hasNetwork) layers.add("network");
  if (hasUser) layers.add("user");
  if (hasLimits) layers.add("limits").add("seal");

  let broken = await failureOf({ layers, isRoot }, limits, place);
  for (const suspect of ["seal", "permissions", "user"] as const) {
    if (broken === null) break;
    layers.delete(suspect);
    broken = await failureOf({ layers, isRoot }, limits, place);
  }
  const missing = LAYERS.filter((layer) => !layers.has(layer)).map((layer) => ({ layer, ...MISSING[layer] }));
  return { wall: { layers, isRoot }, missing, broken };
}

const works = (program: string, ...rest: string[]): Promise<boolean> =>
  run(program, rest, { timeout: PROBE_MS }).then(
    () => true,
    () => false,
  );

async function failureOf(wall: Wall, limits: ScriptLimits, place: ChildPlace): Promise<string | null> {
  try {
    const child = await startChild(wall, limits, place);
    child.kill();
    await child.ended;
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
