import { isMailersendSignature } from "@hustings/crypto/webhook-signature";
import { isMailersendPing, parseMailersendEvent } from "@hustings/email/mailersend-webhook";
import type { CoreContext } from "../context";
import { invalid } from "../errors";
import { readSignedBody } from "../webhooks/read-signed-body";
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
  const body = readSignedBody({ rawBody, signature }, ctx.settings.mailersendWebhookSecrets, isMailersendSignature);
  const event = parseMailersendEvent(body, ctx.ports.now());
  if (!event) throw invalid("The body is not a MailerSend event");
  return { event, body };
}
