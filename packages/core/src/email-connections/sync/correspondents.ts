import { emailAddress } from "@hustings/contracts/primitives";
import type { Mailbox } from "@hustings/google/address-list";
import type { GmailMessage } from "@hustings/google/message";

/** Who took part in a message, apart from the mailbox's owner. */
export type Correspondents = {
  isSent: boolean;
  /** Whom it was exchanged with: to whom it was sent, or who sent it. These get the interaction. */
  partners: string[];
  /** Everybody in it, also in copy, by address with the name that stands there. */
  met: Map<string, string>;
};

/** Addresses behind which nobody reads. */
const MACHINE = /^(no-?_?reply|do-?not-?_?reply|mailer-daemon|postmaster|bounces?)([-+._].*)?@/;

/** @param own the mailbox's address. Mail to many and by machines has no correspondents. */
export function correspondentsOf(message: GmailMessage, own: string): Correspondents {
  const isSent = message.isSent || message.from.some(({ address }) => address === own);
  // Who sends from an alias is the owner too.
  const self = new Set([own, ...(isSent ? message.from.map(({ address }) => address) : [])]);
  const others = (list: readonly Mailbox[]) =>
    message.isBulk ? [] : list.filter(({ address }) => !self.has(address) && isPerson(address));
  const met = new Map<string, string>();
  for (const { address, name } of others([...message.to, ...message.from]))
    if (name !== "" || !met.has(address)) met.set(address, name);
  const partners = others(isSent ? message.to : message.from).map(({ address }) => address);
  return { isSent, partners: [...new Set(partners)], met };
}

/** As contacts' addresses are: whatever else stands in a header belongs to nobody. */
const isPerson = (address: string): boolean => !MACHINE.test(address) && emailAddress.safeParse(address).success;
