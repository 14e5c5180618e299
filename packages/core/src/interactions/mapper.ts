import type { Interaction, InteractionType } from "@hustings/contracts/interactions";
import { toEmailStatus } from "../campaigns/email-status";
import { emailId } from "../campaigns/mapper";

/** A row of the timeline: an interaction, or a campaign's email, which has no id of its own. */
export type TimelineRow = {
  id: string | null;
  contactId: string;
  type: InteractionType;
  subject: string | null;
  body: string | null;
  metadata: unknown;
  occurredAt: Date;
  createdAt: Date;
  campaignId: string | null;
  status: number | null;
};

type StoredInteraction = Omit<TimelineRow, "id" | "campaignId" | "status"> & { id: string };

export const toInteraction = (row: StoredInteraction): Interaction => ({
  id: row.id,
  contactId: row.contactId,
  type: row.type,
  subject: row.subject,
  body: row.body,
  occurredAt: row.occurredAt.toISOString(),
  // Written by us alone, always text by text.
  metadata: row.metadata as Record<string, string>,
  createdAt: row.createdAt.toISOString(),
});

/** A campaign's email is read from its row: its id is the one that the campaign shows it under, its subject the campaign's. */
export function toTimelineEntry(row: TimelineRow): Interaction {
  if (row.id !== null) return toInteraction({ ...row, id: row.id });
  if (row.campaignId === null || row.status === null)
    throw new Error("A row of the timeline is neither interaction nor email");
  const metadata = { campaignId: row.campaignId, status: toEmailStatus(row.status) };
  return toInteraction({ ...row, id: emailId(row.campaignId, row.contactId), metadata });
}
