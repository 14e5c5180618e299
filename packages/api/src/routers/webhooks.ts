import { submissionAnswer } from "@hustings/contracts/forms";
import { receiveSubmission } from "@hustings/core/forms/receive-submission";
import { receiveProviderEvent } from "@hustings/core/provider-events/receive-provider-events";
import { z } from "zod";
import { publicProcedure } from "../procedures";
import { router } from "../trpc";

/** facts: a provider's event is a few kilobytes; whoever sends more is none. */
const MAX_WEBHOOK_BYTES = 1_000_000;

/** The core of what MailerSend sends. */
const DELIVERED = {
  type: "activity.delivered",
  created_at: "2026-12-01T09:00:00.000000Z",
  data: { id: "69206a4bd3e0f1a2b3c4d5e6", message_id: "69206a4bd3e0f1a2b3c4d5e7", recipient: "ada@example.org" },
};

/** The core of what Tally sends. */
const SUBMITTED = {
  eventId: "a4cb511e-d513-4fa5-baee-b815d718dfd1",
  eventType: "FORM_RESPONSE",
  createdAt: "2026-12-01T09:00:00.000Z",
  data: {
    submissionId: "2wgx4n",
    formId: "VwbNEw",
    formName: "Join us",
    fields: [{ key: "question_w4Q4Xn", label: "Email", type: "INPUT_EMAIL", value: "ada@example.org" }],
  },
};

/** What a webhook is beside its signature. */
const signedRequest = {
  rawBody: true,
  maxBodyBytes: MAX_WEBHOOK_BYTES,
  errors: [400, 413, 503],
  reasons: { 503: "its secret is not configured" },
} as const;

export const webhooksRouter = router({
  mailersend: publicProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/webhooks/mailersend",
        tags: ["Webhooks"],
        summary: "Receive MailerSend delivery events, signed in the Signature header",
      },
      auth: "signature",
      rest: {
        ...signedRequest,
        signature: { header: "Signature", secret: "MAILERSEND_WEBHOOK_SIGNING_SECRET", encoding: "hex" },
      },
    })
    .input(z.looseObject({}).meta({ example: DELIVERED }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx }) => {
      await receiveProviderEvent(ctx.core, ctx.rawBody ?? new Uint8Array(), ctx.headers.signature);
      return { ok: true as const };
    }),

  tally: publicProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/webhooks/tally",
        tags: ["Webhooks"],
        summary: "Receive Tally form submissions, signed in the Tally-Signature header: makes or updates the contact",
        description:
          "The same submission again gets the first answer and changes nothing more. New contacts are linked to the global workspace.",
      },
      auth: "signature",
      rest: {
        ...signedRequest,
        signature: { header: "Tally-Signature", secret: "TALLY_WEBHOOK_SIGNING_SECRET", encoding: "base64" },
      },
    })
    .input(z.looseObject({}).meta({ example: SUBMITTED }))
    .output(submissionAnswer)
    .mutation(({ ctx }) =>
      receiveSubmission(ctx.core, ctx.rawBody ?? new Uint8Array(), ctx.headers["tally-signature"]),
    ),
});
