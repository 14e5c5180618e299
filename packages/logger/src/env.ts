import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

/** How much is logged, and in which form. */
export const env = createEnv({
  server: {
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    /** `json`: one object a line, for machines. `pretty`: for a person at a terminal. */
    LOG_FORMAT: z.enum(["json", "pretty"]).default("json"),
  },
  runtimeEnv: process.env,
  emptyStringAsUndefined: true,
});
