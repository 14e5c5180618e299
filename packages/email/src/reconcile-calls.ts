import type { HandOver } from "./hand-over-journal";
import {
  asMailersendError,
  callInTurn,
  DAY_MS,
  type MailersendParts,
  placeIn,
  retryAtOf,
  settleBulk,
  toSuppressed,
  waitsOf,
} from "./mailersend-calls";
import type { FoundEmail } from "./mailersend-client";
import { MailersendError } from "./mailersend-error";
import { campaignTag, toAsciiAddress } from "./mailersend-payload";
import type { InFlightRecipient, MailDelay, MailOutcome } from "./transport";

type Answer = MailOutcome | MailDelay | { kind: "absent" };

/** Emails by address in lower case; `isComplete`: there are no more than these. */
type Taken = { byAddress: ReadonlyMap<string, FoundEmail>; isComplete: boolean };

/** Between the journal's clock and MailerSend's. */
const CLOCK_SKEW_MS = 2 * 60_000;

/**
 * What became of messages whose process ended: the journal says which call each was in and what was answered; where
 * nothing was, MailerSend's list of emails is asked by the campaign's tag.
 */
export async function reconcileCalls(
  parts: MailersendParts,
  recipients: readonly InFlightRecipient[],
): Promise<Answer[]> {
  const answers = new Map<InFlightRecipient, Answer>();
  for (const [campaignId, people] of groupBy(recipients, ({ campaignId: id }) => id)) {
    const contactIds = people.map(({ contactId }) => contactId);
    const calls = await parts.journal.find(campaignId, contactIds);
    for (const [id, members] of groupBy(people, ({ contactId }) => calls.get(contactId)?.id ?? null)) {
      const call = id === null ? undefined : calls.get(members[0]?.contactId ?? "");
      // Not in the journal: the process ended before it called.
      const found = call ? await settleCall(parts, call, members) : members.map(() => ({ kind: "absent" as const }));
      for (const [index, member] of members.entries()) answers.set(member, found[index] ?? NO_ANSWER);
    }
  }
  return recipients.map((recipient) => answers.get(recipient) ?? NO_ANSWER);
}

const listedAddress = ({ email }: { email: string }): string => toAsciiAddress(email).toLowerCase();

const NO_ANSWER: Answer = { kind: "unknown", reason: "MailerSend does not say." };

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

async function settleCall(
  parts: MailersendParts,
  call: HandOver,
  people: readonly InFlightRecipient[],
): Promise<Answer[]> {
  const { messageId, bulkId, ageMs } = call;
  if (messageId !== null) return people.map(() => ({ kind: "accepted", messageId }));
  if (bulkId !== null) {
    const places = people.map(({ contactId, email }) => ({ place: placeIn(call, contactId), email }));
    return settleBulk(parts, { bulkId, ageMs }, places);
  }
  const leftMs = waitsOf(parts).settleMs - ageMs;
  if (leftMs > 0) {
    const reason = "MailerSend did not answer; it is asked again when it must have taken it or not.";
    return people.map(() => ({ kind: "pending", reason, retryAt: new Date(Date.now() + leftMs) }));
  }
  try {
    return judge(parts, call, people, await findTaken(parts, call, people));
  } catch (error) {
    const failure = asMailersendError(error);
    return people.map(() => ({ kind: "pending", reason: failure.message, retryAt: retryAtOf(failure) }));
  }
}

/**
 * Emails of the call's campaign that MailerSend took from the call on until it was surely over.
 * Not until now: a campaign may have taken tens of thousands since, and each thousand costs a call.
 */
async function findTaken(
  parts: MailersendParts,
  { campaignId, contactIds, startedAt }: HandOver,
  people: readonly InFlightRecipient[],
): Promise<Taken> {
  const { client, senderDomain } = parts;
  const domainId = await callInTurn(parts, "other", () => client.findDomainId(senderDomain));
  if (domainId === null) throw new MailersendError("barred", `MailerSend knows no domain ${senderDomain}`);
  const { emails, isComplete } = await callInTurn(parts, "other", () =>
    client.listEmails({
      domainId,
      tag: campaignTag(campaignId),
      recipient: contactIds.length === 1 && people[0] ? listedAddress(people[0]) : null,
      from: new Date(startedAt.getTime() - CLOCK_SKEW_MS),
      to: new Date(startedAt.getTime() + waitsOf(parts).settleMs + CLOCK_SKEW_MS),
    }),
  );
  return { byAddress: new Map(emails.map((email) => [email.to.toLowerCase(), email])), isComplete };
}

/**
 * A call is taken as a whole or not at all: of one that shows in part, the rest was taken too, and is not to be sent
 * again. One that does not show at all was not taken, as long as the list reaches back so far and is whole.
 */
function judge(
  { plan }: MailersendParts,
  { ageMs }: HandOver,
  people: readonly InFlightRecipient[],
  { byAddress, isComplete }: Taken,
): Answer[] {
  const isForgotten = ageMs > plan.keepsDays * DAY_MS;
  const isTaken = people.some(({ email }) => byAddress.has(listedAddress({ email })));
  return people.map(({ email }) => {
    const found = byAddress.get(listedAddress({ email }));
    if (found?.suppression_reason) return toSuppressed(found.suppression_reason);
    if (found) return { kind: "accepted", messageId: found.message_id };
    if (isTaken) return { kind: "unknown", reason: "MailerSend took the call that it was in and does not list it." };
    if (isForgotten)
      return { kind: "unknown", reason: "MailerSend did not answer, and no longer lists emails of then." };
    if (!isComplete)
      return { kind: "unknown", reason: "MailerSend did not answer, and took more since than it lists." };
    return { kind: "absent" };
  });
}
