import { isDataFailure } from "@hustings/db/client";
import type { CoreContext } from "../context";
import { DomainError } from "../errors";
import { markFailed } from "../provider-events/record-outcomes";
import { applySubmission } from "./apply-submission";
import { parseTallySubmission } from "./tally-submission";

/** Submissions of one step. */
const BATCH_SIZE = 100;

/**
 * Applies submissions that wait, oldest first: those that somebody tries again, and those whose request died half way.
 * One that fails once more is kept so, and holds up no other.
 *
 * @returns how many were taken up.
 */
export async function applyWaitingSubmissions(ctx: CoreContext): Promise<number> {
  const rows = await ctx.db.providerEvent.findMany({
    where: { appliedAt: null, provider: "tally" },
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
    take: BATCH_SIZE,
    select: { eventId: true, body: true },
  });
  for (const { eventId, body } of rows) {
    const submission = parseTallySubmission(body);
    if (!submission) await markFailed(ctx.db, [eventId], "It is no form submission any more");
    else
      await applySubmission(ctx, submission).catch((error: unknown) => {
        if (!(error instanceof DomainError || isDataFailure(error))) throw error;
      });
  }
  return rows.length;
}
