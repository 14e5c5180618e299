import { setTimeout as delay } from "node:timers/promises";
import type { HandOver, HandOverJournal } from "./hand-over-journal";
import type { CallsLeft, MailPace, PacedCall } from "./mail-pace";
import type { BulkReport } from "./mailersend-answers";
import type { MailersendClient } from "./mailersend-client";
import { MailersendError } from "./mailersend-error";
import { toAsciiAddress } from "./mailersend-payload";
import type { MailersendPlan } from "./mailersend-plan";
import type { MailDelay, MailOutcome } from "./transport";

/** What the transport's parts work with. */
export type MailersendParts = {
  client: MailersendClient;
  pace: MailPace;
  journal: HandOverJournal;
  plan: MailersendPlan;
  /** The only domain that mail is sent from. */
  senderDomain: string;
  /** Other than the usual ones. */
  waits?: Partial<MailersendWaits>;
};

export type MailersendWaits = {
  /** Longest wait for a turn inside a job; after that the job itself is put off. */
  patienceMs: number;
  /** Between questions about a bulk call, doubled each time. */
  pollMs: number;
  /** After a call was written down: when it is too late to make it. Well before `settleMs`. */
  madeWithinMs: number;
  /** After a call without an answer was written down: when the list of emails surely shows whether it was taken. */
  settleMs: number;
};

/** A bulk call is processed some time after it was taken and shows in the list of emails only then. */
const WAITS: MailersendWaits = {
  patienceMs: 60_000,
  pollMs: 500,
  madeWithinMs: 4 * 60_000,
  settleMs: 6 * 60_000,
};
export const DAY_MS = 24 * 60 * 60_000;
/** Without a word of MailerSend about when to come back. */
const LIMITED_MS = 60_000;
const UNREACHABLE_MS = 30_000;
/** A wrong key or an unverified domain takes a person to mend. */
const BARRED_MS = 5 * 60_000;
/** Questions about a bulk call before its job is put off. */
const POLLS = 4;
/** A bulk call that is not processed after so long never says what became of it. */
const BULK_LOST_MS = 60 * 60_000;

export const waitsOf = (parts: MailersendParts): MailersendWaits => ({ ...WAITS, ...parts.waits });

const limitOf = (plan: MailersendPlan, call: PacedCall): number => plan[`${call}PerMinute`];

/**
 * Makes a call when its turn has come.
 *
 * @throws MailersendError also `limited` when the turn is too far away, without having called.
 */
export async function callInTurn<T>(
  parts: MailersendParts,
  call: PacedCall,
  work: () => Promise<T>,
  { patienceMs } = waitsOf(parts),
): Promise<T> {
  const limit = limitOf(parts.plan, call);
  const turn = await parts.pace.reserve(call, limit, patienceMs);
  if (!turn.isReserved)
    throw new MailersendError("limited", "Others are sending too", turn.retryAt.getTime() - Date.now());
  if (turn.waitMs > 0) await delay(turn.waitMs);
  try {
    return await work();
  } catch (error) {
    if (error instanceof MailersendError && (error.failure === "limited" || error.retryAfterMs !== null))
      await parts.pace.hold(call, limit, new Date(Date.now() + (error.retryAfterMs ?? LIMITED_MS)));
    throw error;
  }
}

/** The same for a call that sends, whose answer says how many more fit into the provider's minute. */
export async function sendInTurn<T extends { left: CallsLeft | null }>(
  parts: MailersendParts,
  call: PacedCall,
  work: () => Promise<T>,
): Promise<T> {
  const answer = await callInTurn(parts, call, work);
  if (answer.left) await parts.pace.keepWithin(call, limitOf(parts.plan, call), answer.left);
  return answer;
}

/** When a call that failed may be made again. */
export function retryAtOf({ failure, retryAfterMs }: MailersendError): Date {
  const fallback = { limited: LIMITED_MS, unreachable: UNREACHABLE_MS, unanswered: UNREACHABLE_MS };
  const ms = failure in fallback ? fallback[failure as keyof typeof fallback] : BARRED_MS;
  return new Date(Date.now() + (retryAfterMs ?? ms));
}

/** @throws whatever is no failure of MailerSend. */
export function asMailersendError(error: unknown): MailersendError {
  if (error instanceof MailersendError) return error;
  throw error;
}

/** What a bulk call's report says about each of its people, or when to ask again. */
export async function settleBulk(
  parts: MailersendParts,
  bulk: { bulkId: string; ageMs: number },
  people: readonly { place: number; email: string }[],
): Promise<(MailOutcome | MailDelay)[]> {
  const all = (outcome: MailOutcome | MailDelay) => people.map(() => outcome);
  try {
    const report = await waitForReport(parts, bulk.bulkId);
    if (report.isCompleted) return people.map(({ place, email }) => toOutcome(report, place, email));
    if (bulk.ageMs > BULK_LOST_MS)
      return all({ kind: "unknown", reason: "MailerSend took it and did not say what became of it." });
    const retryAt = new Date(Date.now() + UNREACHABLE_MS);
    return all({ kind: "pending", reason: "MailerSend has taken it and is not done with it.", retryAt });
  } catch (error) {
    const failure = asMailersendError(error);
    if (bulk.ageMs > parts.plan.keepsDays * DAY_MS)
      return all({ kind: "unknown", reason: "MailerSend took it and no longer says what became of it." });
    return all({ kind: "pending", reason: failure.message, retryAt: retryAtOf(failure) });
  }
}

async function waitForReport(parts: MailersendParts, bulkId: string): Promise<BulkReport> {
  const { pollMs } = waitsOf(parts);
  // Its batch is held meanwhile: who finds no turn soon asks in another run.
  const patience = { ...waitsOf(parts), patienceMs: pollMs * 10 };
  for (let poll = 0; ; poll += 1) {
    await delay(pollMs * 2 ** poll);
    const report = await callInTurn(parts, "other", () => parts.client.getBulk(bulkId), patience);
    if (report.isCompleted || poll + 1 === POLLS) return report;
  }
}

function toOutcome(report: BulkReport, place: number, email: string): MailOutcome {
  const refusal = report.invalid.get(place);
  if (refusal !== undefined) return { kind: "rejected", reason: `MailerSend refused it: ${refusal}` };
  const suppression = report.suppressed.get(toAsciiAddress(email).toLowerCase());
  if (suppression !== undefined) return toSuppressed(suppression);
  return { kind: "accepted", messageId: null };
}

/** Somebody whom MailerSend does not mail. */
export const toSuppressed = (reasons: string): MailOutcome => ({
  kind: "suppressed",
  reason: `MailerSend does not mail this address (${reasons.replaceAll("_", " ")}).`,
});

/** The place of a person in a call. */
export const placeIn = ({ contactIds }: HandOver, contactId: string): number => contactIds.indexOf(contactId);
