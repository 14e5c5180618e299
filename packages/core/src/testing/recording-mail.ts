import type { MailTransport, OutgoingMessage } from "@hustings/email/transport";

/** A transport that keeps what it is given and takes every message. */
export type RecordingMail = MailTransport & { readonly sent: OutgoingMessage[] };

export function createRecordingMail(): RecordingMail {
  const sent: OutgoingMessage[] = [];
  return {
    acceptedStatus: "sent",
    sent,
    send: async (messages) =>
      messages.map((message) => ({ kind: "accepted" as const, messageId: `recorded-${sent.push(message)}` })),
    reconcile: async (recipients) =>
      recipients.map(({ campaignId, contactId }) => {
        const index = sent.findIndex((message) => message.campaignId === campaignId && message.contactId === contactId);
        return index < 0 ? { kind: "absent" as const } : { kind: "accepted" as const, messageId: `recorded-${index + 1}` };
      }),
  };
}
