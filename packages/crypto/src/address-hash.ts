import { createHmac } from "node:crypto";
import { deriveKey } from "./derive-key";

/**
 * The keyed hash of an email address that stays when a person is erased, so that a later import does not mail them
 * again (HMAC-SHA256, 64 lower-case hex digits). A plain hash would do no good: addresses can be guessed by the million.
 *
 * @param email as stored: trimmed and lower-cased; both are applied again, so that a stray form still meets its hash.
 */
export function hashAddress(secret: string, email: string): string {
  return createHmac("sha256", keyOf(secret)).update(email.trim().toLowerCase()).digest("hex");
}

/** An import hashes addresses by the thousand; deriving the key costs ten times the hash. */
let lastKey: { secret: string; key: Buffer } | undefined;

function keyOf(secret: string): Buffer {
  if (lastKey?.secret !== secret) lastKey = { secret, key: deriveKey(secret, "address") };
  return lastKey.key;
}
