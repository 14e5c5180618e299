import { createHmac } from "node:crypto";
import { isEqualInConstantTime } from "./equal";

const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/** The value of MailerSend's `Signature` header: lower-case hex HMAC-SHA256 of the body's bytes. */
export function signMailersendBody(secret: string, rawBody: Uint8Array | string): string {
  return createHmac("sha256", secret).update(rawBody).digest("hex");
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
  const given = Buffer.from(signature, "hex");
  return secrets.some(
    (secret) => secret !== "" && isEqualInConstantTime(Buffer.from(signMailersendBody(secret, rawBody), "hex"), given),
  );
}
