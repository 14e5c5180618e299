import type { ScriptLimits } from "./job";

/**
 * What stands between a script that has broken out of its language and the rest of the world. `network`: namespaces
 * without any network; `user`: an account that owns nothing and can signal nobody; `limits`: of processor time, memory,
 * files and processes; `permissions`: Node's own, no files, no programs, no threads; `seal`: no new file or socket at all.
 */
export const LAYERS = ["network", "user", "limits", "permissions", "seal"] as const;
export type Layer = (typeof LAYERS)[number];

/** The layers that can be had here, and by which way. */
export type Wall = {
  layers: ReadonlySet<Layer>;
  /** Root gives up its rights; others need a user namespace, in which they are root over nothing. */
  isRoot: boolean;
};

/** Where the child's files are, which of them starts, and under whom. */
export type ChildPlace = { directory: string; entry: string; uid: number };

/** Room for V8's reservations; what is resident is watched from outside. */
const DATA_MB = 1_400;
/** It does not outlive its worker, not even one that is killed while a script loops; `unshare` hands the signal on. */
const WITH_WORKER = ["--pdeathsig", "KILL"];
const WITHOUT_RIGHTS = ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"];

export const accountFlags = (uid: number) => [`--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];

/** Network, IPC and host name; without root also users, and processes, since nobody else's can be seen then. */
export const namespaceFlags = (isRoot: boolean) =>
  isRoot ? ["-n", "-i", "-u"] : ["-U", "-r", "-n", "-i", "-u", "-p", "--fork", "--kill-child=SIGKILL"];

/** The child's command line: each program sets up a layer and becomes the next one. */
export function toCommand({ layers, isRoot }: Wall, limits: ScriptLimits, place: ChildPlace): [string, ...string[]] {
  const guard = isRoot || !layers.has("user") ? [] : ["setpriv", ...WITH_WORKER];
  const network = [...guard, "unshare", ...namespaceFlags(isRoot)];
  const user = ["setpriv", ...(isRoot ? [...accountFlags(place.uid), ...WITH_WORKER] : []), ...WITHOUT_RIGHTS];
  const bounds = [
    "prlimit",
    `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`,
    "--core=0",
    "--fsize=0",
    `--data=${(DATA_MB + limits.memoryMb) * 2 ** 20}`,
    "--nofile=64",
    // Counted by account: somebody's own has other processes too.
    ...(isRoot && layers.has("user") ? ["--nproc=64"] : []),
  ];
  const [program = process.execPath, ...rest] = [
    ...(layers.has("network") ? network : []),
    ...(layers.has("user") ? user : []),
    ...(layers.has("limits") ? bounds : []),
    process.execPath,
    ...(layers.has("permissions") ? [permissionFlag(), `--allow-fs-read=${place.directory}/*`] : []),
    ...nodeFlags(limits),
    `${place.directory}/${place.entry}`,
  ];
  return [program, ...rest];
}

/** Takes every file descriptor and process that the child does not have yet; as the child's user, which alone may. */
export function toSealCommand({ isRoot, layers }: Wall, uid: number, pid: number): [string, ...string[]] {
  const seal = ["prlimit", "--pid", String(pid), "--nofile=0:0", "--nproc=0:0"] as const;
  return isRoot && layers.has("user") ? ["setpriv", ...accountFlags(uid), ...seal] : [...seal];
}

/** Node's permission model left its experiment in 22.13 and 23.5. */
function permissionFlag(): string {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isStable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  return isStable ? "--permission" : "--experimental-permission";
}

const nodeFlags = ({ memoryMb }: ScriptLimits) => [
  "--disallow-code-generation-from-strings",
  "--no-addons",
  "--no-warnings",
  `--max-old-space-size=${memoryMb}`,
  "--max-semi-space-size=4",
  "--stack-size=900",
  "--no-experimental-fetch",
  "--no-experimental-global-webcrypto",
  "--disable-wasm-trap-handler",
  "--v8-pool-size=1",
];
