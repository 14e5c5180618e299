/** A mailbox with the name that is shown for it. */
export type Mailbox = { email: string; name: string | null };

/** A finished message for one person. One recipient each, always: several would see each other's address. */
export type OutgoingMessage = {
  /** `preview`: a test to somebody of the team; it counts nowhere. `notification`: about a ticket. */
  kind: "campaign" | "preview" | "notification";
  workspaceId: string | null;
  /** Null for what is no campaign's, previews included. */
  campaignId: string | null;
  contactId: string | null;
  from: Mailbox;
  replyTo: Mailbox | null;
  to: Mailbox;
  subject: string;
  html: string;
  text: string;
  /** Beyond From, To, Subject and what MIME needs. */
  headers: Readonly<Record<string, string>>;
  /** Come back in the provider's events; MailerSend takes five. */
  tags: readonly string[];
};

/** What became of one message. `contactId` repeats the message's. */
export type MailOutcome =
  /** Taken over (or captured, in the sandbox). Events name the message by `providerMessageId`. */
  | { kind: "sent"; contactId: string | null; providerMessageId: string }
  /** Will never be taken as it is. */
  | { kind: "rejected"; contactId: string | null; reason: string }
  /** The provider itself does not mail this address (an earlier bounce, complaint or opt-out). */
  | { kind: "suppressed"; contactId: string | null; reason: string }
  /** Handed over, and the answer was lost: it may or may not arrive. Never to be sent again blindly. */
  | { kind: "unknown"; contactId: string | null; reason: string };

/** Takes messages out of the house, or into the sandbox. */
export interface MailTransport {
  /**
   * Hands messages over, each at most once; whatever goes wrong with one says nothing about the next.
   *
   * @returns one outcome for every message, in their order.
   * @throws Error only when not a single one was handed over (no connection, no credentials).
   */
  send(messages: readonly OutgoingMessage[]): Promise<MailOutcome[]>;
}
