import type { UpdateTicketInput } from "@hustings/contracts/support-tickets";
import type { TicketModel } from "@hustings/db/types";
import type { Principal } from "../context";
import { DomainError } from "../errors";

type Change = Omit<UpdateTicketInput, "id">;

/**
 * Who opened a ticket changes its words, and only while it is open; a global admin moves it.
 *
 * @throws DomainError `forbidden`
 */
export function assertMayChange(
  principal: Pick<Principal, "userId" | "installationRole">,
  ticket: Pick<TicketModel, "userId" | "status">,
  { title, description, type, status, priority }: Change,
): void {
  const isOwner = ticket.userId === principal.userId;
  const isAdmin = principal.installationRole === "admin";
  if (!isOwner && !isAdmin) throw refuse("Only who opened this ticket and global admins change it");
  if (title !== undefined || description !== undefined) {
    if (!isOwner) throw refuse("Only who opened this ticket changes its title and description");
    if (ticket.status !== "open") throw refuse("Title and description change only while the ticket is open");
  }
  if (!isAdmin && [type, status, priority].some((value) => value !== undefined))
    throw refuse("Only global admins change status, priority and type");
}

const refuse = (message: string) => new DomainError("forbidden", message);
