import { UNITS } from "@hustings/google/gmail-client";
import type { GmailMessage } from "@hustings/google/message";
import type { MailboxSync } from "./open-sync";
import { storeMessages } from "./store-messages";

/** Calls at the same time; Google allows one user about so many a second. */
const AT_ONCE = 5;
/** Stored together: what a failure after it costs no second call. */
const CHUNK = 25;

export type ReadResult = {
  stored: { messages: number; interactions: number };
  /** Messages that are gone, or nobody's to see: moved to the bin since they were listed. */
  vanished: string[];
  units: number;
};

/** Reads messages by their ids and stores what they say, chunk by chunk. */
export async function readMessages(sync: MailboxSync, ids: readonly string[]): Promise<ReadResult> {
  const result: ReadResult = { stored: { messages: 0, interactions: 0 }, vanished: [], units: 0 };
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK);
    const messages = await fetchMessages(sync, chunk);
    result.units += chunk.length * UNITS.getMessage;
    result.vanished.push(...chunk.filter((id) => !messages.has(id)));
    const stored = await storeMessages(sync, [...messages.values()]);
    result.stored.messages += stored.messages;
    result.stored.interactions += stored.interactions;
  }
  return result;
}

async function fetchMessages(
  { gmail, access }: MailboxSync,
  ids: readonly string[],
): Promise<Map<string, GmailMessage>> {
  const messages = new Map<string, GmailMessage>();
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const wanted = id;
      const message = await access.call((token) => gmail.mailbox.getMessage(token, wanted));
      if (message && !message.isHidden) messages.set(wanted, message);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  return messages;
}
