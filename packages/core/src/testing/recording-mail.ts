import type { MailTransport, OutgoingMessage } from "@hustings/email/transport";

/** A transport that keeps what it is given and takes every message. */
export type RecordingMail = MailTransport & { readonly sent: OutgoingMessage[] };

export function createRecordingMail(): RecordingMail {
  const sent: OutgoingMessage[] = [];
  return {
    sent,
    send: async (messages) => {
      sent.push(...messages);
      return messages.map((message, index) => ({
        kind: "sent",
        contactId: message.contactId,
        providerMessageId: `recorded-${sent.length - messages.length + index + 1}`,
      }));
    },
  };
}
