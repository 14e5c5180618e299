/** A mailbox with the name that is shown for it. */
export type Mailbox = { email: string; name: string | null };

/** A finished message for one person. One recipient each, always: several would see each other's address. */
export type OutgoingMessage = {
  workspaceId: string | null;
  /** Null for what is no campaign's (tests to the team included); else what the provider's events are matched by. */
  campaignId: string | null;
  contactId: string | null;
  from: Mailbox;
  /** Where answers go; without it, to `from`. A bare address. */
  replyTo?: string;
  /** One bare address. */
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Beyond From, To, Subject and what MIME needs. */
  headers: Readonly<Record<string, string>>;
};

/** A recipient whose row says that a run which did not end may have handed the message over. */
export type InFlightRecipient = { campaignId: string; contactId: string; email: string };

/** What became of one message. */
export type MailOutcome =
  /**
   * Taken over (or captured, in the sandbox). Events name the message by `messageId`; null where the provider tells the
   * id in its events only, which then are matched by the campaign's tag and the address.
   */
  | { kind: "accepted"; messageId: string | null }
  /** Will never be taken as it is. */
  | { kind: "rejected"; reason: string }
  /** The provider itself does not mail this address (an earlier bounce, complaint or opt-out). */
  | { kind: "suppressed"; reason: string }
  /** Handed over, and the answer was lost: it may or may not arrive. Never to be sent again blindly. */
  | { kind: "unknown"; reason: string };

/** Nothing final yet: whoever asked stops, and comes back at `retryAt`. */
export type MailDelay =
  /** Surely not handed over: the provider wants to be left alone, or cannot be reached. It goes back to the queue. */
  | { kind: "deferred"; reason: string; retryAt: Date }
  /** Handed over, and what became of it will be known later: `reconcile` tells, before anything is sent again. */
  | { kind: "pending"; reason: string; retryAt: Date };

/** Takes messages out of the house, or into the sandbox. */
export interface MailTransport {
  /** The status that a message has once it is accepted. */
  readonly acceptedStatus: "sent" | "captured";
  /** So many messages at a time are best: what a crash can leave in flight, and what a pause waits for. */
  readonly claimSize: number;
  /**
   * Hands messages over, each at most once; whatever goes wrong with one says nothing about the next.
   *
   * @returns one outcome for every message, in their order.
   * @throws Error only when not a single one was handed over (no connection, no credentials).
   */
  send(messages: readonly OutgoingMessage[]): Promise<(MailOutcome | MailDelay)[]>;
  /**
   * What became of messages that a killed run left in flight; `absent`: the provider never got it, so that it may be
   * sent. One answer for every recipient, in their order.
   */
  reconcile(recipients: readonly InFlightRecipient[]): Promise<(MailOutcome | MailDelay | { kind: "absent" })[]>;
}
