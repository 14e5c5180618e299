import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey } from "./derive-key";

const VERSION = "v1";
const KEY_ID_CHARACTERS = 6;
/** NIST SP 800-38D: 96 bits are what GCM is made for; drawn by lot for every text. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = new RegExp(`^${VERSION}\\.([A-Za-z0-9_-]{${KEY_ID_CHARACTERS}})\\.([A-Za-z0-9_-]{38,})$`);

/** Encrypts and decrypts texts of one purpose (AES-256-GCM). */
export type Sealer = {
  /** `v1.<key id>.<iv, ciphertext and tag>`. The same text gives another one each time. `owner`: whose it is. */
  seal(text: string, owner: string): string;
  /** The text, or null for whatever these secrets did not seal for this purpose and this owner. */
  open(sealed: string, owner: string): string | null;
};

/**
 * A sealer whose texts open for no other purpose and no other owner, so that a row's secret cannot be moved to another
 * row.
 *
 * @param secrets the first seals, all open; that is how they are rotated.
 * @throws Error without a secret.
 */
export function createSealer(secrets: readonly string[], purpose: string): Sealer {
  const keys = secrets.map((secret) => ({ id: toKeyId(secret), key: deriveKey(secret, `seal:${purpose}`) }));
  const sealing = keys[0];
  if (!sealing) throw new Error(`No secret is configured to seal ${purpose} with.`);
  const boundTo = (keyId: string, owner: string) => Buffer.from(`${purpose}\n${keyId}\n${owner}`);

  return {
    seal(text, owner) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", sealing.key, iv).setAAD(boundTo(sealing.id, owner));
      const parts = [iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
      return `${VERSION}.${sealing.id}.${Buffer.concat(parts).toString("base64url")}`;
    },
    open(sealed, owner) {
      const [, keyId, body] = SEALED.exec(sealed) ?? [];
      const bytes = Buffer.from(body ?? "", "base64url");
      // Two spellings of the same bytes are not both valid.
      if (bytes.toString("base64url") !== body) return null;
      for (const { id, key } of keys) {
        if (id !== keyId) continue;
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        }).setAAD(boundTo(id, owner));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        try {
          return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
        } catch {
          // Not this key's, or changed on the way.
        }
      }
      return null;
    },
  };
}

/** Names a secret without telling it, whatever its place in the list. */
const toKeyId = (secret: string): string =>
  deriveKey(secret, "seal-id").toString("base64url").slice(0, KEY_ID_CHARACTERS);
