import { hkdfSync } from "node:crypto";

/** What a key may be used for. One secret of the environment serves several, and none can stand in for another. */
export type KeyPurpose = `api-key` | `address` | `token-id` | `token:${string}` | `seal-id` | `seal:${string}`;

const KEY_BYTES = 32;
/** By purpose and secret. Every request needs one, an import one per row, and deriving it costs ten times the hash. */
const derived = new Map<string, Buffer>();

/**
 * Derives the 32-byte key of one purpose from a secret (HKDF-SHA256, RFC 5869, without salt).
 *
 * @throws Error when the secret is empty: a hash under an empty key protects nothing.
 */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  if (secret === "") throw new Error("A key cannot be derived from an empty secret.");
  const name = `${purpose} ${secret}`;
  const key = derived.get(name) ?? Buffer.from(hkdfSync("sha256", secret, "", `hustings/${purpose}`, KEY_BYTES));
  derived.set(name, key);
  return key;
}
