import { createHmac } from "node:crypto";
import { deriveKey } from "./derive-key";

/**
 * The keyed hash of an email address that stays when a person is erased, so that a later import does not mail them
 * again (HMAC-SHA256, 64 lower-case hex digits). A plain hash would do no good: addresses can be guessed by the million.
 *
 * @param email as stored: trimmed and lower-cased; both are applied again, so that a stray form still meets its hash.
 */
export function hashAddress(secret: string, email: string): string {
  return createHmac("sha256", deriveKey(secret, "address")).update(email.trim().toLowerCase()).digest("hex");
}
