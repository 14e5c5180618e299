import { isMailersendSignature } from "@hustings/crypto/webhook-signature";
import { isMailersendPing, parseMailersendEvent } from "@hustings/email/mailersend-webhook";
import type { CoreContext } from "../context";
import { DomainError, invalid } from "../errors";
import type { SignedEvent } from "./store-provider-events";
import { storeTogether } from "./store-together";

/**
 * Takes one webhook delivery: checks it, stores it once and asks for the job; nothing of it is applied here.
 *
 * @throws DomainError `unavailable` without a configured secret; `unauthenticated` for a missing or wrong signature;
 *   `invalid` for a signed body that is no JSON object.
 */
export async function receiveProviderEvent(
  ctx: CoreContext,
  rawBody: Uint8Array,
  signature: string | undefined,
): Promise<void> {
  if (isMailersendPing(rawBody, signature)) return;
  const signed = readSignedEvent(ctx, rawBody, signature);
  await storeTogether(ctx.db, signed);
}

/** The checks that every event passes, a simulated one too. See `receiveProviderEvent` for what it throws. */
export function readSignedEvent(ctx: CoreContext, rawBody: Uint8Array, signature: string | undefined): SignedEvent {
  const secrets = ctx.settings.mailersendWebhookSecrets;
  if (secrets.length === 0) throw new DomainError("unavailable", "The webhook's secret is not configured");
  if (!isMailersendSignature(secrets, rawBody, signature))
    throw new DomainError("unauthenticated", "Invalid signature");
  const body = parseJson(rawBody);
  const event = parseMailersendEvent(body, ctx.ports.now());
  if (!event) throw invalid("The body is not a MailerSend event");
  return { event, body };
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(rawBody).toString("utf8"));
  } catch {
    throw invalid("The body is not JSON");
  }
}
