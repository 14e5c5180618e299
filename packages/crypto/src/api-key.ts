import { createHmac, randomInt } from "node:crypto";
import { deriveKey } from "./derive-key";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SCHEME = "pai_";
const PREFIX_CHARACTERS = 8;
/** 62^35 is above 2^208: the part that is shown nowhere cannot be guessed. */
const SECRET_CHARACTERS = 35;
const RAW_KEY = new RegExp(`^${SCHEME}[0-9A-Za-z]{${PREFIX_CHARACTERS + SECRET_CHARACTERS}}$`);

/** A new API key. `rawKey` is shown once and stored nowhere; `keyPrefix` starts it and tells keys apart on a screen. */
export type NewApiKey = { rawKey: string; keyPrefix: string };

/** Makes a random API key, `pai_` and 43 letters and digits (no `-` or `_`, so that a double click selects all of it). */
export function makeApiKey(): NewApiKey {
  const characters = Array.from(
    { length: PREFIX_CHARACTERS + SECRET_CHARACTERS },
    () => ALPHABET[randomInt(ALPHABET.length)],
  );
  const rawKey = SCHEME + characters.join("");
  return { rawKey, keyPrefix: getApiKeyPrefix(rawKey) };
}

/** Whether a string has the form of an API key. Says nothing about whether it exists. */
export function isApiKey(value: string): boolean {
  return RAW_KEY.test(value);
}

/** The start of a raw key that may be stored and shown. */
export function getApiKeyPrefix(rawKey: string): string {
  return rawKey.slice(0, SCHEME.length + PREFIX_CHARACTERS);
}

/** The keyed hash under which an API key is stored and looked up (HMAC-SHA256, 64 lower-case hex digits). */
export function hashApiKey(secret: string, rawKey: string): string {
  return createHmac("sha256", deriveKey(secret, "api-key")).update(rawKey).digest("hex");
}
