import { createHmac } from "node:crypto";
import { deriveKey } from "./derive-key";
import { isEqualInConstantTime } from "./equal";

const VERSION = "v1";
const KEY_ID_CHARACTERS = 6;
/** 128 bits: enough against forgery (RFC 2104 section 5 asks for at least half the hash), and short in a link. */
const MAC_BYTES = 16;
/** 16 bytes are 22 characters of base64url, the last of which is one of A, Q, g, w: never a `.`, `-` or `_`, which mail clients cut off the end of a link. */
const TOKEN = new RegExp(
  `^${VERSION}\\.([A-Za-z0-9_-]{${KEY_ID_CHARACTERS}})\\.([A-Za-z0-9_-]{1,512})\\.([A-Za-z0-9_-]{22})$`,
);

type Key = { id: string; mac: Buffer };

/** Makes and checks the tokens of one purpose. */
export type TokenSigner = {
  /** `v1.<key id>.<payload>.<mac>`: safe as a path segment, without expiry. The same payload gives the same token. */
  sign(payload: Uint8Array): string;
  /** The payload, or null for whatever this signer's secrets did not make for this purpose. */
  verify(token: string): Uint8Array | null;
};

/**
 * A signer whose tokens are worth nothing for another purpose: the purpose goes into the key (HKDF) and the mac.
 *
 * @param secrets the first signs, all verify, so that links in mail of years ago outlive a rotation.
 * @throws Error without a secret.
 */
export function createTokenSigner(secrets: readonly string[], purpose: string): TokenSigner {
  const keys = secrets.map((secret): Key => ({ id: deriveKeyId(secret), mac: deriveKey(secret, `token:${purpose}`) }));
  const signing = keys[0];
  if (!signing) throw new Error(`No secret is configured for ${purpose} tokens.`);

  const computeMac = (key: Key, signed: string): string =>
    createHmac("sha256", key.mac).update(`${purpose}\n${signed}`).digest().subarray(0, MAC_BYTES).toString("base64url");

  return {
    sign(payload) {
      const signed = `${VERSION}.${signing.id}.${Buffer.from(payload).toString("base64url")}`;
      return `${signed}.${computeMac(signing, signed)}`;
    },
    verify(token) {
      const [, keyId, payload, mac] = TOKEN.exec(token) ?? [];
      if (keyId === undefined || payload === undefined || mac === undefined) return null;
      const signed = `${VERSION}.${keyId}.${payload}`;
      // The mac is compared as text: two spellings of the same bytes are not both valid.
      const key = keys.find(
        (candidate) =>
          candidate.id === keyId && isEqualInConstantTime(Buffer.from(computeMac(candidate, signed)), Buffer.from(mac)),
      );
      return key ? Buffer.from(payload, "base64url") : null;
    },
  };
}

/** Names a secret without telling it, whatever its place in the list. */
function deriveKeyId(secret: string): string {
  return deriveKey(secret, "token-id").toString("base64url").slice(0, KEY_ID_CHARACTERS);
}
