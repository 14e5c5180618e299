import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";
import type { ScriptLimits } from "./job";

const whole = (usual: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(usual);

const concurrency = whole(4, 1, 50);

/** What the runner is made with. */
export type ScriptSettings = {
  limits: ScriptLimits;
  /** Runs at the same time. */
  concurrency: number;
  /** Runs that may wait for their turn, of a workspace where they are asked for, of all in a runner; more are refused. */
  queueSize: number;
  /** Processes that stand ready while scripts are in use; each takes 50 MB. */
  warm: number;
  /** Run although a layer of the wall is missing. */
  isReducedAllowed: boolean;
};

/**
 * The variables of scripts; `.env.example` explains each.
 *
 * @throws Error with one sentence that names each wrong variable.
 */
export function readScriptEnv(source: Record<string, string | undefined> = process.env): ScriptSettings {
  const env = createEnv({
    server: {
      SCRIPT_TIMEOUT_SECONDS: whole(30, 1, 3_600),
      SCRIPT_CPU_SECONDS: whole(30, 1, 3_600),
      SCRIPT_MEMORY_MB: whole(128, 16, 2_048),
      SCRIPT_LOG_KB: whole(256, 1, 1_024),
      SCRIPT_RESULT_KB: whole(64, 1, 1_024),
      SCRIPT_CALLS: whole(20_000, 1, 1_000_000),
      SCRIPT_CONCURRENCY: concurrency,
      SCRIPT_QUEUE: whole(100, 1, 10_000),
      SCRIPT_WARM: whole(1, 0, 10),
      SCRIPT_ISOLATION: z.enum(["sealed", "reduced"]).default("sealed"),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: (issues) => {
      throw new Error(issues.map((issue) => `${issue.path?.join(".") ?? "environment"}: ${issue.message}`).join("; "));
    },
  });
  return {
    limits: {
      wallMs: env.SCRIPT_TIMEOUT_SECONDS * 1_000,
      cpuSeconds: env.SCRIPT_CPU_SECONDS,
      memoryMb: env.SCRIPT_MEMORY_MB,
      logBytes: env.SCRIPT_LOG_KB * 1_024,
      resultBytes: env.SCRIPT_RESULT_KB * 1_024,
      calls: env.SCRIPT_CALLS,
    },
    concurrency: env.SCRIPT_CONCURRENCY,
    queueSize: env.SCRIPT_QUEUE,
    warm: env.SCRIPT_WARM,
    isReducedAllowed: env.SCRIPT_ISOLATION === "reduced",
  };
}

/** Runs at the same time, for whoever must know before the rest is read. A wrong value is for `readScriptEnv` to refuse. */
export const readScriptConcurrency = (source: Record<string, string | undefined> = process.env): number =>
  concurrency.safeParse(source.SCRIPT_CONCURRENCY || undefined).data ?? concurrency.parse(undefined);
