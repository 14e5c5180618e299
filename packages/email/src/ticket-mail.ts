import type { TicketStatus } from "@hustings/contracts/support-tickets";
import { breakBraces } from "./braces";
import { buildListHeaders } from "./headers";
import { escapeHtml } from "./liquid";
import type { RenderedEmail } from "./render";
import { convertToText } from "./text-part";

/** What happened to a ticket, and by whom. */
export type TicketNews = { by: string } & (
  | { kind: "reply"; body: string }
  | { kind: "status"; from: TicketStatus; to: TicketStatus }
);

export type TicketMailSource = {
  /** The installation's address, without a trailing slash. */
  appUrl: string;
  ticketId: string;
  /** One line of plain text. */
  title: string;
  news: TicketNews;
};

const STATUS_WORDS: Record<TicketStatus, string> = {
  open: "open",
  in_progress: "in progress",
  resolved: "resolved",
  closed: "closed",
};

/**
 * Writes one follower's mail about a ticket. Everything that a person typed is text in it, never markup.
 *
 * @param unsubscribeUrl null where no links can be signed.
 */
export function renderTicketMail(source: TicketMailSource, unsubscribeUrl: string | null): RenderedEmail {
  const html = breakBraces(writeDocument(source, unsubscribeUrl), "html");
  return {
    subject: breakBraces(writeSubject(source), "text"),
    html,
    text: convertToText(html),
    headers: {
      ...buildListHeaders({
        appUrl: source.appUrl,
        list: { id: `ticket-${source.ticketId}`, name: "Support tickets" },
        unsubscribeUrl,
      }),
      // RFC 3834: absence notes do not answer it.
      "Auto-Submitted": "auto-generated",
    },
  };
}

function writeSubject({ title, news }: TicketMailSource): string {
  const by = news.by.replace(/\s+/g, " ");
  return news.kind === "reply" ? `${by} replied to “${title}”` : `“${title}” is now ${STATUS_WORDS[news.to]}`;
}

function writeDocument(source: TicketMailSource, unsubscribeUrl: string | null): string {
  const ticketUrl = `${source.appUrl}/tickets/${source.ticketId}`;
  const way = unsubscribeUrl
    ? ` <a href="${escapeHtml(unsubscribeUrl)}" style="color:#595959">Stop email about this ticket</a>`
    : "";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#17211d">
${writeNews(source)}
<p><a href="${escapeHtml(ticketUrl)}" style="color:#14513f">Open the ticket</a></p>
<p style="margin:24px 0 0;font-size:13px;color:#595959">You get this because you follow the ticket. Answers to this mail reach nobody: reply on its page.${way}</p>
</body>
</html>
`;
}

function writeNews({ title, news }: TicketMailSource): string {
  const by = `<b>${escapeHtml(news.by)}</b>`;
  const about = `“${escapeHtml(title)}”`;
  if (news.kind === "status")
    return `<p>${by} moved ${about} from ${STATUS_WORDS[news.from]} to <b>${STATUS_WORDS[news.to]}</b>.</p>`;
  const body = escapeHtml(news.body).replace(/\r\n?|\n/g, "<br>\n");
  return `<p>${by} replied to ${about}:</p>
<blockquote style="margin:0;padding:0 0 0 14px;border-left:3px solid #c3c6ba">${body}</blockquote>`;
}
