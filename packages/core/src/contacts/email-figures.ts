import type { EmailFigures } from "@hustings/contracts/contacts";
import type { ById } from "@hustings/contracts/primitives";
import type { WorkspaceContext } from "../context";
import { assertContact } from "./queries";

/**
 * How many of the workspace's campaigns a contact got, opened and clicked, as far as no machine did it.
 *
 * @throws DomainError `not_found`, also for another workspace's contact.
 */
export async function getEmailFigures(ctx: WorkspaceContext, { id }: ById): Promise<EmailFigures> {
  await assertContact(ctx, id);
  const [row] = await ctx.db.$queryRaw<{ sent: number; opened: number; clicked: number; lastSentAt: Date | null }[]>`
    select count(e.sent_at)::int as sent, count(e.verified_opened_at)::int as opened,
      count(e.verified_clicked_at)::int as clicked, max(e.sent_at) as "lastSentAt"
    from campaign_emails e join campaigns k on k.id = e.campaign_id and k.workspace_id = ${ctx.workspaceId}::uuid
    where e.contact_id = ${id}::uuid`;
  const { sent = 0, opened = 0, clicked = 0, lastSentAt = null } = row ?? {};
  return { sent, opened, clicked, lastSentAt: lastSentAt?.toISOString() ?? null };
}
