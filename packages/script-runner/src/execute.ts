import { CallDesk } from "./call-desk";
import type { Json, ScriptError, ScriptJob, ScriptLimits, ScriptOutcome } from "./job";
import { LogBook } from "./log-book";
import type { SealedChild } from "./sealed-child";
import { toScriptError, toStorable } from "./storable";

/** How often a run's memory is looked at. */
const WATCH_MS = 25;
/** What a process takes before any script is in it. */
const BASE_MB = 80;
const MAX_CALL_CHARACTERS = 2 ** 20;

type Ending = { status: ScriptOutcome["status"]; result?: Json; error?: Partial<ScriptError> & { message: string } };

/** Runs one job in a child that stands ready, and leaves nothing of it behind. Never throws. */
export async function execute(child: SealedChild, job: ScriptJob, limits: ScriptLimits): Promise<ScriptOutcome> {
  const startedMs = performance.now();
  const desk = new CallDesk(job.api, limits.calls, child.send);
  const logs = new LogBook(limits.logBytes, (line) => job.onLog?.(line));
  const watch = watchOver(child, job, limits);
  child.send({
    code: job.code,
    input: job.input,
    methods: job.api.methods,
    lines: job.code.split("\n").length,
    maxCallLength: MAX_CALL_CHARACTERS,
    maxResultLength: limits.resultBytes,
  });
  const ending = await Promise.race([watch.ending, listen(child, desk, logs, limits)]);
  watch.stop();
  child.kill();
  await Promise.all([desk.close(), child.ended]);
  const { error } = ending;
  return {
    status: ending.status,
    result: ending.result ?? null,
    error: error ? { message: error.message, line: error.line ?? null, stack: error.stack ?? null } : null,
    logs: logs.lines,
    calls: Math.min(desk.calls, limits.calls),
    peakMemoryMb: watch.peakMemoryMb(),
    durationMs: Math.round(performance.now() - startedMs),
  };
}

/** Answers what the child says until it says that it is done, or anything that no child of ours would. */
async function listen(child: SealedChild, desk: CallDesk, logs: LogBook, limits: ScriptLimits): Promise<Ending> {
  for (;;) {
    const frame = await child.frames.next();
    if (frame === null) {
      // Either it has ended, or it speaks nonsense, which ends it.
      child.kill();
      return new Promise(() => undefined);
    }
    if (frame.t === "log" && !logs.write(frame.level, frame.text))
      return failed(`It did nothing but write to its log, of which ${Math.round(limits.logBytes / 1024)} KB are kept`);
    if (frame.t === "call" && !(await desk.take(frame))) return failed(`It made more than ${limits.calls} calls`);
    if (frame.t === "end") return toEnding(frame, limits);
  }
}

function toEnding({ result, error }: Record<string, unknown>, { resultBytes }: ScriptLimits): Ending {
  if (error !== undefined) return { status: "failed", error: toScriptError(error) };
  if (typeof result !== "string" || result.length > resultBytes) return failed("It gave no result that can be kept");
  try {
    return { status: "succeeded", result: toStorable(JSON.parse(result)) };
  } catch (problem) {
    return failed((problem as Error).message);
  }
}

const failed = (message: string): Ending => ({ status: "failed", error: { message } });

/** Ends a run for what it takes, or because somebody wants it ended. */
function watchOver(child: SealedChild, job: ScriptJob, limits: ScriptLimits) {
  let peakMb: number | null = null;
  const outOfMemory = failed(`It took more than ${limits.memoryMb} MB of memory`);
  const cancelled: Ending = { status: "cancelled", error: { message: "It was stopped" } };
  let stop = () => {};
  const ending = new Promise<Ending>((resolve) => {
    const seconds = limits.wallMs / 1_000;
    const wall = setTimeout(resolve, limits.wallMs, {
      status: "timed_out",
      error: { message: `It was not done after ${seconds} s` },
    } satisfies Ending);
    const look = () => {
      const nowMb = child.memoryMb();
      if (nowMb !== null) peakMb = Math.max(peakMb ?? 0, nowMb);
      if (nowMb !== null && nowMb > limits.memoryMb + BASE_MB) resolve(outOfMemory);
    };
    const memory = setInterval(look, WATCH_MS);
    const onAbort = () => resolve(cancelled);
    if (job.signal?.aborted) onAbort();
    job.signal?.addEventListener("abort", onAbort);
    stop = () => {
      look();
      clearTimeout(wall);
      clearInterval(memory);
      job.signal?.removeEventListener("abort", onAbort);
    };
    child.ended.then(({ isOutOfMemory, isOutOfCpu, message }) => {
      if (isOutOfMemory) resolve(outOfMemory);
      else if (isOutOfCpu)
        resolve({
          status: "timed_out",
          error: { message: `It took more than ${limits.cpuSeconds} s of processor time, or spoke out of turn` },
        });
      else resolve(failed(`Its process ended: ${message}`));
    });
  });
  return { ending, stop: () => stop(), peakMemoryMb: () => peakMb };
}
