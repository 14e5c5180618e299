import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same number. */
export type ProcessIdentity = { pid: number; startedAt: string };

/** Says who runs under a process number now; null when nobody does (a zombie is nobody). */
export function findProcess(pid: number): ProcessIdentity | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return existsSync("/proc/self/stat") ? findInProc(pid) : findByPs(pid);
}

/** Whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.startedAt === identity.startedAt;
}

/** This process. */
export function currentProcess(): ProcessIdentity {
  const identity = findProcess(process.pid);
  if (!identity) throw new Error(`No process is visible under this process's own number ${process.pid}.`);
  return identity;
}

function findInProc(pid: number): ProcessIdentity | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // proc(5): "pid (name) state ppid …"; the name may hold spaces and brackets. starttime is field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return null;
  return { pid, startedAt: `${readBootId()}:${fields[19]}` };
}

function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function findByPs(pid: number): ProcessIdentity | null {
  const { status, stdout } = spawnSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  const line = stdout?.trim() ?? "";
  return status !== 0 || line === "" || line.startsWith("Z") ? null : { pid, startedAt: line.replace(/^\S+\s+/, "") };
}
