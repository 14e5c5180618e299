import { createTokenSigner } from "@hustings/crypto/signed-token";
import { packIds, unpackIds } from "./id-pair";

/** Whose mail about which ticket a link ends. */
export type TicketLinkSubject = { ticketId: string; userId: string };

const PATH = "/api/support-tickets/unsubscribe";

/** Makes the links by which one person ends the mail about one ticket. Keep it for a batch. */
export function createTicketLinkBuilder(
  appUrl: string,
  secrets: readonly string[],
): (subject: TicketLinkSubject) => string {
  const signer = createSigner(secrets);
  return ({ ticketId, userId }) => `${appUrl}${PATH}?token=${signer.sign(packIds(ticketId, userId))}`;
}

/** Whom a link's token is for, or null for one that this installation did not make for tickets. */
export function readTicketToken(secrets: readonly string[], token: string): TicketLinkSubject | null {
  if (secrets.length === 0) return null;
  const ids = unpackIds(createSigner(secrets).verify(token));
  return ids && { ticketId: ids[0], userId: ids[1] };
}

const createSigner = (secrets: readonly string[]) => createTokenSigner(secrets, "ticket-unsubscribe");
