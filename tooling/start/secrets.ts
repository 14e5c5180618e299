import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { toDirectoryError } from "./instance";
import { UserError } from "./user-error";

const makeRandom = () => randomBytes(32).toString("hex");

/** What the programs demand and a local start draws by lot. */
const SECRETS: Record<string, () => string> = {
  NEXTAUTH_SECRET: makeRandom,
  API_KEY_SECRET: makeRandom,
  UNSUBSCRIBE_SECRET: makeRandom,
  MAILERSEND_WEBHOOK_SIGNING_SECRET: makeRandom,
  GMAIL_TOKEN_SECRET: makeRandom,
  // The form that Inngest's SDK expects: a prefix, then bytes in hexadecimal.
  INNGEST_SIGNING_KEY: () => `signkey-local-${makeRandom()}`,
  INNGEST_EVENT_KEY: makeRandom,
};

/** The variables that a production start must be given. */
export const secretNames = Object.keys(SECRETS);

/**
 * Reads the data directory's secrets, and draws those that are missing; a later version may need more.
 *
 * @throws UserError when the file cannot be read as what we wrote, or not be written.
 */
export function loadSecrets(dataDirectory: string): Record<string, string> {
  const file = path.join(dataDirectory, "secrets.json");
  const known = existsSync(file) ? parseSecrets(file) : {};
  const missing = Object.entries(SECRETS).filter(([name]) => !known[name]);
  if (missing.length === 0) return known;
  const secrets = { ...known, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) };
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw toDirectoryError(error, dataDirectory);
  }
  return secrets;
}

function parseSecrets(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch (error) {
    throw new UserError(
      `${file} cannot be read (${error instanceof Error ? error.message : error}): restore it, or delete it to draw new secrets, which ends all API keys and links.`,
    );
  }
}
