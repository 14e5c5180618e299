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

/**
 * The environment of the embedded Postgres: without the PG* variables of whoever starts us, which would redirect its
 * programs, and in English, whose messages we read.
 */
export function readPostgresEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith("PG") && name !== "NODE_OPTIONS");
  return { ...Object.fromEntries(entries), NODE_ENV: process.env.NODE_ENV, LC_ALL: "C", LANGUAGE: "C", TZ: "UTC" };
}
