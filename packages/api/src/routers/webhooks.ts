import { submissionAnswer } from "@hustings/contracts/forms";
import { receiveSubmission } from "@hustings/core/forms/receive-submission";
import { receiveProviderEvent } from "@hustings/core/provider-events/receive-provider-events";
import { z } from "zod";
import { publicProcedure } from "../procedures";
import { router } from "../trpc";

/** facts: a provider's event is a few kilobytes; whoever sends more is none. */
const MAX_WEBHOOK_BYTES = 1_000_000;

const signedRequest = {
  auth: "signature",
  rest: { rawBody: true, maxBodyBytes: MAX_WEBHOOK_BYTES, errors: [400, 413, 503] },
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
      ...signedRequest,
    })
    .input(z.looseObject({}))
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
      ...signedRequest,
    })
    .input(z.looseObject({}))
    .output(submissionAnswer)
    .mutation(({ ctx }) =>
      receiveSubmission(ctx.core, ctx.rawBody ?? new Uint8Array(), ctx.headers["tally-signature"]),
    ),
});
