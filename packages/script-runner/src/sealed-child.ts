import { type ChildProcess, execFile, type SpawnOptionsWithoutStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { type FrameReader, readFrames } from "./frames";
import type { ScriptLimits } from "./job";
import { type ChildPlace, toCommand, toSealCommand, type Wall } from "./wall";

const run = promisify(execFile);

/** A boot takes 0.1 s; on a machine that is busy, longer. */
const BOOT_MS = 20_000;
const STDERR_CHARACTERS = 4_096;
const LAST_WORDS_MS = 100;
const PAGE_BYTES = 4_096;

/** Nothing of ours comes along: no environment, no directory. It leads a group of its own, to be killed whole. */
const OUTSIDE = {
  env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" } as unknown as NodeJS.ProcessEnv,
  cwd: "/",
  detached: true,
} satisfies SpawnOptionsWithoutStdio;

/** How a child ended: by itself, by a limit of the kernel or of V8, or killed by us. */
export type ChildEnd = { isOutOfMemory: boolean; isOutOfCpu: boolean; message: string };

/** One process for one run; sealed, once `startChild` has given it. */
export type SealedChild = {
  frames: FrameReader;
  send: (message: object) => void;
  /** At once, with all that it started. */
  kill: () => void;
  ended: Promise<ChildEnd>;
  /** Resident memory; null where the machine does not tell. */
  memoryMb: () => number | null;
};

/** A child that is not as it should be; the message says what is wrong. */
export class ChildError extends Error {
  override readonly name = "ChildError";
}

/**
 * Starts a child, waits until it is ready, and seals it.
 *
 * @throws ChildError when it does not start, or when a layer of `wall` does not hold. It is gone then.
 */
export async function startChild(wall: Wall, limits: ScriptLimits, place: ChildPlace): Promise<SealedChild> {
  const [program, ...rest] = toCommand(wall, limits, place);
  const child = spawn(program, rest, OUTSIDE);
  child.stdin.on("error", () => undefined);
  const ended = watchEnd(child);
  const frames = readFrames(child.stdout);
  const kill = () => killGroup(child);
  try {
    const ready = await Promise.race([frames.next(), ended.then(({ message }) => message), late(BOOT_MS)]);
    if (ready === null || typeof ready === "string")
      throw new ChildError(`the sealed process did not start: ${ready ?? "it said nothing of use"}`);
    if (wall.layers.has("permissions") && ready.isConfined !== true)
      throw new ChildError("Node's permission model does not hold");
    const pid = wall.layers.has("network") && !wall.isRoot ? onlyChildOf(child.pid) : child.pid;
    if (pid === undefined) throw new ChildError("the sealed process cannot be found");
    if (wall.layers.has("seal")) await seal(wall, place.uid, pid);
    return {
      frames,
      kill,
      ended,
      send: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
      memoryMb: () => readMemoryMb(pid),
    };
  } catch (error) {
    kill();
    throw error instanceof ChildError ? error : new ChildError((error as Error).message);
  }
}

async function seal(wall: Wall, uid: number, pid: number): Promise<void> {
  const [program, ...rest] = toSealCommand(wall, uid, pid);
  await run(program, rest, { timeout: BOOT_MS }).catch((error: Error & { stderr?: string }) => {
    throw new ChildError(`the process could not be sealed: ${error.stderr?.trim() || error.message}`);
  });
}

const late = (afterMs: number) => pause(afterMs, `it said nothing for ${afterMs / 1_000} s`, { ref: false });

function watchEnd(child: ChildProcess): Promise<ChildEnd> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    if (stderr.length < STDERR_CHARACTERS) stderr += text.slice(0, STDERR_CHARACTERS);
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ isOutOfMemory: false, isOutOfCpu: false, message: error.message }));
    child.once("exit", async (code, signal) => {
      // What it still had to say on its way out; its frames are of no use any more.
      if (child.stderr && !child.stderr.closed) await Promise.race([once(child.stderr, "close"), pause(LAST_WORDS_MS)]);
      for (const stream of child.stdio) stream?.destroy();
      resolve({
        isOutOfMemory: /heap out of memory|Reached heap limit|[Aa]llocation failed/.test(stderr),
        isOutOfCpu: signal === "SIGXCPU" || signal === "SIGKILL",
        message: stderr.trim().split("\n")[0] || `it ended with ${signal ?? code}`,
      });
    });
  });
}

/** It leads a group of its own (`detached`). */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

/** With a namespace of processes `unshare` stays, and starts the rest. */
function onlyChildOf(pid: number | undefined): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim()) || undefined;
  } catch {
    return undefined;
  }
}

function readMemoryMb(pid: number): number | null {
  try {
    const [, pages] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
    return Math.round((Number(pages) * PAGE_BYTES) / 2 ** 20);
  } catch {
    return null;
  }
}
