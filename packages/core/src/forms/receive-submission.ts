import type { SubmissionAnswer } from "@hustings/contracts/forms";
import { isTallySignature } from "@hustings/crypto/webhook-signature";
import type { CoreContext } from "../context";
import { invalid } from "../errors";
import { readSignedBody } from "../webhooks/read-signed-body";
import { toStorableJson } from "../webhooks/storable-json";
import { applySubmission } from "./apply-submission";
import { parseTallySubmission, type Submission } from "./tally-submission";

/**
 * Takes one submission of a form: checks it, writes it into the log of deliveries, and applies it at once. The same
 * event, or the same submission under another event, gets the first answer again and changes nothing more.
 *
 * @throws DomainError `unavailable` without a configured secret; `unauthenticated` for a missing or wrong signature;
 *   `invalid` for what is no submission, and for one without a usable address, which stays in the log to be tried again.
 */
export async function receiveSubmission(
  ctx: CoreContext,
  rawBody: Uint8Array,
  signature: string | undefined,
): Promise<SubmissionAnswer> {
  const body = readSignedBody({ rawBody, signature }, ctx.settings.tallyWebhookSecrets ?? [], isTallySignature);
  const { submission, json } = readSubmission(body);
  await ctx.db.$executeRaw`
    insert into provider_events as p (event_id, provider, type, message_id, body)
    values (${submission.eventId}, 'tally', 'FORM_RESPONSE', ${submission.submissionId}, ${json}::jsonb)
    on conflict (event_id) do update set repeats = p.repeats + 1`;
  return applySubmission(ctx, submission);
}

function readSubmission(body: unknown): { submission: Submission; json: string } {
  try {
    const submission = parseTallySubmission(body);
    if (submission) return { submission, json: toStorableJson(body) };
  } catch (error) {
    // Nested deeper than the stack reaches.
    if (!(error instanceof RangeError)) throw error;
  }
  throw invalid("The body is not a form submission of Tally");
}
