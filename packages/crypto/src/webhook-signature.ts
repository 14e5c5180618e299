import { createHmac } from "node:crypto";
import { isEqualInConstantTime } from "./equal";

const HEX_SHA256 = /^[0-9a-f]{64}$/i;
const BASE64_SHA256 = /^[A-Za-z0-9+/]{43}=$/;

const hmac = (secret: string, rawBody: Uint8Array | string) => createHmac("sha256", secret).update(rawBody);

/** The value of MailerSend's `Signature` header: lower-case hex HMAC-SHA256 of the body's bytes. */
export function signMailersendBody(secret: string, rawBody: Uint8Array | string): string {
  return hmac(secret, rawBody).digest("hex");
}

/** The value of Tally's `Tally-Signature` header: base64 HMAC-SHA256 of the body's bytes. */
export function signTallyBody(secret: string, rawBody: Uint8Array | string): string {
  return hmac(secret, rawBody).digest("base64");
}

/**
 * Whether one of the secrets signed these very bytes. Parsing and printing the JSON again would change them:
 * MailerSend writes `\/` for `/`.
 *
 * @param signature the header as it came; missing or of another form is false.
 * @param secrets without any, nothing is valid.
 */
export function isMailersendSignature(
  secrets: readonly string[],
  rawBody: Uint8Array,
  signature: string | undefined,
): boolean {
  if (signature === undefined || !HEX_SHA256.test(signature)) return false;
  return isSignedByOne(secrets, rawBody, Buffer.from(signature, "hex"));
}

/** The same for Tally, which writes `JSON.stringify` of what it sends; the bytes count here too. */
export function isTallySignature(
  secrets: readonly string[],
  rawBody: Uint8Array,
  signature: string | undefined,
): boolean {
  if (signature === undefined || !BASE64_SHA256.test(signature)) return false;
  return isSignedByOne(secrets, rawBody, Buffer.from(signature, "base64"));
}

const isSignedByOne = (secrets: readonly string[], rawBody: Uint8Array, given: Uint8Array): boolean =>
  secrets.some((secret) => secret !== "" && isEqualInConstantTime(hmac(secret, rawBody).digest(), given));
