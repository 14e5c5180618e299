import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

/**
 * The variables of every log.
 *
 * @throws Error that names each wrong variable.
 */
export function readLogEnv(source: Record<string, string | undefined>) {
  return createEnv({
    server: {
      LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
      /** `json`: one object a line, for machines. `pretty`: for a person at a terminal. */
      LOG_FORMAT: z.enum(["json", "pretty"]).default("json"),
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: (issues) => {
      throw new Error(issues.map((issue) => `${issue.path?.join(".") ?? "environment"}: ${issue.message}`).join("; "));
    },
  });
}
