import { parseSecrets } from "@hustings/crypto/secrets";
import { readLiveMailEnv } from "@hustings/email/env";
import { readScriptEnv, type ScriptSettings } from "@hustings/script-runner/env";
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";

const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");
const list = z.string().default("").transform(parseSecrets);

/**
 * The variables that the command line reads: the same that web and worker read, of which commands demand only what
 * they need. `npm run hustings` fills in what the quick start keeps under the data directory.
 *
 * @throws Error with one sentence that names each wrong variable.
 */
export function readCliEnv(source: Record<string, string | undefined> = process.env) {
  const parsed = createEnv({
    server: {
      DATABASE_URL: z.string().optional(),
      DEPLOYMENT: z.enum(["local", "production"]).default("production"),
      PORT: z.coerce.number().int().min(0).max(65535).default(3000),
      APP_URL: z.url({ protocol: /^https?$/ }).optional(),
      EMAIL_MODE: z.enum(["sandbox", "live"]).default("sandbox"),
      JOBS_ENGINE: z.enum(["embedded", "inngest"]).default("embedded"),
      NEXTAUTH_SECRET: z.string().optional(),
      API_KEY_SECRET: z.string().optional(),
      UNSUBSCRIBE_SECRET: list,
      MAILERSEND_WEBHOOK_SIGNING_SECRET: list,
      GOOGLE_CLIENT_ID: z.string().optional(),
      GOOGLE_CLIENT_SECRET: z.string().optional(),
      ANONYMOUS_API: z.enum(["off", "local"]).default("off"),
      LOCAL_SIGN_IN: flag,
    },
    runtimeEnv: source,
    emptyStringAsUndefined: true,
    onValidationError: (issues) => {
      throw new Error(issues.map((issue) => `${issue.path?.join(".") ?? "environment"}: ${issue.message}`).join("; "));
    },
  });
  return {
    ...parsed,
    APP_URL: (parsed.APP_URL ?? `http://localhost:${parsed.PORT}`).replace(/\/$/, ""),
    liveMail: parsed.EMAIL_MODE === "live" ? readLiveMail(source) : null,
    scripts: readScripts(source),
  };
}

/** Commands work whatever is wrong with it; the doctor tells. */
function readLiveMail(source: Record<string, string | undefined>): { senderDomain: string } | { problems: string[] } {
  try {
    return { senderDomain: readLiveMailEnv(source).senderDomain };
  } catch (error) {
    return { problems: (error as Error).message.split("; ") };
  }
}

function readScripts(source: Record<string, string | undefined>): ScriptSettings | { problems: string[] } {
  try {
    return readScriptEnv(source);
  } catch (error) {
    return { problems: (error as Error).message.split("; ") };
  }
}
export type CliEnv = ReturnType<typeof readCliEnv>;
