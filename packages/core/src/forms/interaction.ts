import type { Answer, Submission } from "./tally-submission";

/** As interactions' own operations allow. */
const MAX_BODY = 100_000;
const MAX_METADATA = 10_000;

/** A submission as it stands in the person's timeline: every answer in words, also those that went nowhere. */
export function toSubmissionInteraction(submission: Submission, misfits: readonly string[], now: Date) {
  const { formId, formName, submissionId, eventId, respondentId, submittedAt, answers } = submission;
  const given = answers.filter(({ text }) => text.trim() !== "");
  return {
    type: "form_submission" as const,
    subject: formName,
    body:
      given
        .map(toLine)
        .join("\n")
        .slice(0, MAX_BODY)
        .replace(/\p{Surrogate}/gu, "") || null,
    // A clock that runs ahead must not put it before everything that follows.
    occurredAt: submittedAt && submittedAt < now ? submittedAt : now,
    metadata: {
      source: "tally",
      formId,
      formName,
      submissionId,
      eventId,
      ...(respondentId ? { respondentId } : {}),
      ...(misfits.length > 0 ? { notStored: misfits.join("; ").slice(0, MAX_METADATA) } : {}),
    },
  };
}

const toLine = ({ key, label, text }: Answer): string => `${label || key}: ${text}`;
