import type { MailTransport, OutgoingMessage } from "@hustings/email/transport";

/** A transport that keeps what it is given and takes every message. */
export type RecordingMail = MailTransport & { readonly sent: OutgoingMessage[] };

export function createRecordingMail(): RecordingMail {
  const sent: OutgoingMessage[] = [];
  return {
    acceptedStatus: "captured",
    claimSize: 100,
    sent,
    send: async (messages) =>
      messages.map((message) => ({ kind: "accepted", messageId: `recorded-${sent.push(message)}` })),
    reconcile: async (recipients) =>
      recipients.map(({ campaignId, contactId }) => {
        const at = sent.findIndex((message) => message.campaignId === campaignId && message.contactId === contactId);
        return at < 0 ? { kind: "absent" } : { kind: "accepted", messageId: `recorded-${at + 1}` };
      }),
  };
}
