import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

/** The server on which tests make their databases; set by `tooling/vitest/global-setup.ts`, or by hand. */
export function readTestServerUrl(): string {
  const env = createEnv({
    server: { HUSTINGS_TEST_DATABASE_URL: z.string().min(1) },
    runtimeEnv: process.env,
    emptyStringAsUndefined: true,
  });
  return env.HUSTINGS_TEST_DATABASE_URL;
}
