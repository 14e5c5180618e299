import {
  asMailersendError,
  type MailersendParts,
  retryAtOf,
  sendInTurn,
  settleBulk,
  toSuppressed,
  waitsOf,
} from "./mailersend-calls";
import { MailersendError } from "./mailersend-error";
import { toMailersendEmail } from "./mailersend-payload";
import { reconcileCalls } from "./reconcile-calls";
import type { MailDelay, MailOutcome, MailTransport, OutgoingMessage } from "./transport";

type Outcome = MailOutcome | MailDelay;

/** Up to so many messages go one by one, each with its message id at once; more go in one call. */
const SINGLES = 5;
/** MailerSend takes 50 MB of JSON. A call that is larger after all is refused, and goes one by one. */
const MAX_CALL_BYTES = 45_000_000;
/** Quotes and line breaks become two bytes in JSON. */
const JSON_GROWTH = 1.25;
/** Beyond this the rest goes back to the queue: a batch is held in a transaction, which may not last for ever. */
const SEND_BUDGET_MS = 2 * 60_000;

/** The transport of `EMAIL_MODE=live`: MailerSend, one person a message. */
export function createMailersendTransport(parts: MailersendParts): MailTransport {
  return {
    acceptedStatus: "sent",
    // Calls are what MailerSend counts, by the minute and by the day.
    claimSize: parts.plan.messagesPerCall,
    send: (messages) => send(parts, messages),
    reconcile: (recipients) => reconcileCalls(parts, recipients),
  };
}

/** Messages that go together, with their entry in the journal, and when (by `performance.now()`) it was written. */
type Call = { messages: readonly OutgoingMessage[]; entry: string | null; openedAt: number };

async function send(parts: MailersendParts, messages: readonly OutgoingMessage[]): Promise<Outcome[]> {
  const outcomes = new Map<OutgoingMessage, Outcome>();
  const allowed = messages.filter((message) => {
    const isOurs = message.from.email.toLowerCase().endsWith(`@${parts.senderDomain}`);
    if (!isOurs) outcomes.set(message, toWrongDomain(message, parts.senderDomain));
    return isOurs;
  });
  const calls = await openCalls(parts, divideIntoCalls(parts, allowed));
  const results = await makeCalls(parts, calls);
  for (const [index, message] of allowed.entries()) outcomes.set(message, results[index] ?? NO_ANSWER);
  return messages.map((message) => outcomes.get(message) ?? NO_ANSWER);
}

const NO_ANSWER: Outcome = { kind: "unknown", reason: "MailerSend did not answer for it." };

const toWrongDomain = ({ from }: OutgoingMessage, domain: string): MailOutcome => ({
  kind: "rejected",
  reason: `${from.email} is not an address of ${domain}, which this server sends from.`,
});

/** In their order: single messages, or as many as one bulk call takes. */
function divideIntoCalls({ plan }: MailersendParts, messages: readonly OutgoingMessage[]): OutgoingMessage[][] {
  if (messages.length <= SINGLES) return messages.map((message) => [message]);
  const calls: OutgoingMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = (Buffer.byteLength(message.html) + Buffer.byteLength(message.text)) * JSON_GROWTH + 4_000;
    const last = calls.at(-1);
    const fits = last && last.length < plan.messagesPerCall && bytes + size <= MAX_CALL_BYTES;
    if (fits && last[0]?.campaignId === message.campaignId) last.push(message);
    else calls.push([message]);
    bytes = calls.at(-1) === last ? bytes + size : size;
  }
  return calls;
}

/**
 * Writes calls down before the first is made: whoever takes this process for dead finds all of it, and waits until it is
 * surely over. Tests to the team are nobody's row.
 */
async function openCalls({ journal }: MailersendParts, groups: readonly OutgoingMessage[][]): Promise<Call[]> {
  const calls: Call[] = [];
  for (const messages of groups) {
    const campaignId = messages[0]?.campaignId ?? null;
    const contactIds = messages.flatMap(({ contactId }) => contactId ?? []);
    const openedAt = performance.now();
    calls.push({ messages, openedAt, entry: campaignId === null ? null : await journal.open(campaignId, contactIds) });
  }
  return calls;
}

/** One after the other. Whoever is told to wait, or is out of time, does not try the next. */
async function makeCalls(parts: MailersendParts, calls: readonly Call[]): Promise<Outcome[]> {
  const endsAt = performance.now() + SEND_BUDGET_MS;
  const outcomes: Outcome[] = [];
  let delayed: MailDelay | undefined;
  for (const call of calls) {
    if (!delayed && performance.now() > endsAt)
      delayed = { kind: "deferred", reason: "It takes many calls to send this batch.", retryAt: new Date() };
    if (delayed) {
      await dropEntry(parts, call);
      const { reason, retryAt } = delayed;
      outcomes.push(...call.messages.map(() => ({ kind: "deferred" as const, reason, retryAt })));
      continue;
    }
    const results = await makeCall(parts, call);
    outcomes.push(...results);
    delayed = results.find((result) => result.kind === "deferred" || result.kind === "pending");
  }
  return outcomes;
}

async function makeCall(parts: MailersendParts, call: Call): Promise<Outcome[]> {
  const [only] = call.messages;
  return only && call.messages.length === 1 ? [await sendOne(parts, call, only)] : sendMany(parts, call);
}

async function sendOne(parts: MailersendParts, call: Call, message: OutgoingMessage): Promise<Outcome> {
  try {
    const email = toMailersendEmail(message, parts.plan);
    const { messageId, suppressed } = await sendInTurn(parts, "single", () => {
      assertInTime(parts, call);
      return parts.client.send(email);
    });
    if (messageId !== null) {
      if (call.entry !== null) await parts.journal.accept(call.entry, { messageId });
      return { kind: "accepted", messageId };
    }
    // Taken, and for nobody: that is how MailerSend says that it does not mail the one person.
    const [reasons] = suppressed.values();
    return reasons === undefined ? toPending(parts, "MailerSend named no message") : toSuppressed(reasons);
  } catch (error) {
    const failure = asMailersendError(error);
    if (failure.failure === "unanswered") return toPending(parts, failure.message);
    await dropEntry(parts, call);
    return failure.failure === "refused" ? { kind: "rejected", reason: failure.message } : toDeferred(failure);
  }
}

async function sendMany(parts: MailersendParts, call: Call): Promise<Outcome[]> {
  const all = (outcome: Outcome) => call.messages.map(() => outcome);
  try {
    const emails = call.messages.map((message) => toMailersendEmail(message, parts.plan));
    const { bulkId } = await sendInTurn(parts, "bulk", () => {
      assertInTime(parts, call);
      return parts.client.sendBulk(emails);
    });
    if (call.entry !== null) await parts.journal.accept(call.entry, { bulkId });
    const people = call.messages.map(({ to }, place) => ({ place, email: to }));
    return await settleBulk(parts, { bulkId, ageMs: 0 }, people);
  } catch (error) {
    const failure = asMailersendError(error);
    if (failure.failure === "unanswered") return all(toPending(parts, failure.message));
    if (failure.failure !== "refused") {
      await dropEntry(parts, call);
      return all(toDeferred(failure));
    }
  }
  // A refused call does not say who is wrong in it: one by one they are told apart.
  const singles = await openCalls(
    parts,
    call.messages.map((message) => [message]),
  );
  await dropEntry(parts, call);
  return makeCalls(parts, singles);
}

/**
 * Whoever finds an entry without an answer takes the call for made or not made `settleMs` after it was written: a process
 * that was held up for so long must not make it any more.
 */
function assertInTime(parts: MailersendParts, { openedAt }: Call): void {
  if (performance.now() - openedAt > waitsOf(parts).madeWithinMs)
    throw new MailersendError("limited", "Its turn came too late.", 0);
}

const dropEntry = async ({ journal }: MailersendParts, { entry }: Call): Promise<void> => {
  if (entry !== null) await journal.drop(entry);
};

const toDeferred = (failure: MailersendError): MailDelay => ({
  kind: "deferred",
  reason: failure.message,
  retryAt: retryAtOf(failure),
});

const toPending = (parts: MailersendParts, reason: string): MailDelay => ({
  kind: "pending",
  reason,
  retryAt: new Date(Date.now() + waitsOf(parts).settleMs),
});
