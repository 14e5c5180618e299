import { DomainError, invalid } from "../errors";

/** How one provider signs the bytes that it sends. */
type IsSignature = (secrets: readonly string[], rawBody: Uint8Array, signature: string | undefined) => boolean;

export type SignedRequest = { rawBody: Uint8Array; signature: string | undefined };

/**
 * The JSON of a webhook's request, read only once its signature holds over the bytes as they came.
 *
 * @throws DomainError `unavailable` without a configured secret; `unauthenticated` for a missing or wrong signature;
 *   `invalid` for signed bytes that are no JSON.
 */
export function readSignedBody(
  { rawBody, signature }: SignedRequest,
  secrets: readonly string[],
  isSignature: IsSignature,
): unknown {
  if (secrets.length === 0) throw new DomainError("unavailable", "The webhook's secret is not configured");
  if (!isSignature(secrets, rawBody, signature)) throw new DomainError("unauthenticated", "Invalid signature");
  try {
    return JSON.parse(Buffer.from(rawBody).toString("utf8"));
  } catch {
    throw invalid("The body is not JSON");
  }
}
