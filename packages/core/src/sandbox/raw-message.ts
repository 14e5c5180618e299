import { buildMimeMessage } from "@hustings/email/mime";
import type { Mailbox } from "@hustings/email/transport";
import type { WorkspaceContext } from "../context";
import { getSandboxEmailRow } from "./queries";

/** The caught message as it would go over the wire, with a name for the .eml file. @throws DomainError `not_found` */
export async function getRawMessage(ctx: WorkspaceContext, id: string): Promise<{ fileName: string; raw: string }> {
  const row = await getSandboxEmailRow(ctx, id);
  const raw = buildMimeMessage({
    messageId: `${row.messageId}@${new URL(ctx.settings.appUrl).hostname}`,
    sentAt: row.createdAt,
    from: parseMailbox(row.from),
    to: row.to,
    subject: row.subject,
    headers: row.headers as Record<string, string>,
    html: row.html,
    text: row.text,
  });
  return { fileName: `${row.id}.eml`, raw };
}

function parseMailbox(stored: string): Mailbox {
  const [, name, email] = /^(.*) <([^<>]+)>$/s.exec(stored) ?? [];
  return email ? { name: name ?? null, email } : { name: null, email: stored };
}
