import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { UserError } from "./user-error";

export type Environment = Record<string, string | undefined>;

/** What the start scripts themselves need to know; everything else is passed to the programs as it is. */
export type Settings = {
  host: string;
  port: number;
  appUrl: string;
  /** Undefined: the embedded Postgres. */
  databaseUrl: string | undefined;
  dataDirectory: string;
  isOnLoopback: boolean;
  /** `.env` under the process's own environment, which wins. */
  environment: Environment;
};

export const root = path.join(import.meta.dirname, "../..");

/**
 * Reads the environment and `.env`.
 *
 * @throws UserError that names the variable, or the line of the file.
 */
export function readSettings(own: Environment = process.env, envFile = path.join(root, ".env")): Settings {
  const environment: Environment = { ...readEnvFile(envFile), ...own };
  const host = environment.HOST || "127.0.0.1";
  const port = readPort(environment.PORT);
  const appUrl = readAppUrl(environment.APP_URL, port);
  const databaseUrl = readDatabaseUrl(environment.DATABASE_URL);
  return {
    host,
    port,
    appUrl,
    databaseUrl,
    dataDirectory: path.resolve(root, environment.HUSTINGS_DATA_DIR || ".data"),
    isOnLoopback: isLoopback(host) && isLoopback(new URL(appUrl).hostname),
    environment,
  };
}

const isLoopback = (name: string) => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(name);

function readEnvFile(file: string): Environment {
  if (!existsSync(file)) return {};
  const text = readFileSync(file, "utf8");
  let quote: string | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (quote) {
      if (line.includes(quote)) quote = undefined;
      continue;
    }
    if (/^\s*(#.*)?$/.test(line)) continue;
    const value = line.match(/^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*(.*)$/)?.[1];
    if (value === undefined) throw new UserError(`Line ${index + 1} of ${file} is not of the form NAME=value.`);
    const opening = value.match(/^(["'`])/)?.[1];
    if (opening && !value.slice(1).includes(opening)) quote = opening;
  }
  if (quote) throw new UserError(`A quotation mark (${quote}) is opened and never closed in ${file}.`);
  return parseEnv(text);
}

function readPort(value: string | undefined): number {
  const port = Number(value || "3000");
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new UserError(`PORT must be a number from 1 to 65535, and is "${value}".`);
  return port;
}

function readAppUrl(value: string | undefined, port: number): string {
  if (!value) return `http://localhost:${port}`;
  const url = parseUrl(value);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UserError(`APP_URL must be an address like https://crm.example.org, and is "${value}".`);
  return url.origin;
}

function readDatabaseUrl(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const url = parseUrl(value);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2 || !isDecodable(url.href))
    throw new UserError("DATABASE_URL must be of the form postgres://user:password@host:5432/database.");
  return value;
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== "";
  } catch {
    return false;
  }
}

function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
