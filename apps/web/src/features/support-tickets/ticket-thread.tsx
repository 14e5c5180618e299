import type { TicketDetails, TicketReply, TicketStatusChange } from "@hustings/contracts/support-tickets";
import { Avatar } from "@hustings/ui/avatar";
import { Card } from "@hustings/ui/card";
import { RelativeTime } from "@hustings/ui/time";
import dynamic from "next/dynamic";
import { MoreReplies } from "./more-replies";
import { STATUSES } from "./ticket-words";

// It brings Zod and react-hook-form: it comes after the thread.
const ReplyForm = dynamic(() => import("./reply-form").then((module) => module.ReplyForm), { ssr: false });

/** What a ticket is about, and everything that was said and done since. */
export function TicketThread({ details }: { details: TicketDetails }) {
  const { ticket, replies } = details;
  return (
    <article className="grid max-w-3xl gap-3.5">
      <Said by={ticket.userName} at={ticket.createdAt} words={ticket.description} />
      <ol aria-label="What was said and done" className="grid gap-3.5 empty:hidden">
        {inOrder(details).map((entry) => (
          <li key={entry.id}>
            {"body" in entry ? (
              <Said by={entry.userName} at={entry.createdAt} words={entry.body} />
            ) : (
              <Moved change={entry} />
            )}
          </li>
        ))}
      </ol>
      {ticket.replyCount > replies.length && (
        <MoreReplies id={ticket.id} shown={replies.length} total={ticket.replyCount}>
          {(reply) => <Said key={reply.id} by={reply.userName} at={reply.createdAt} words={reply.body} />}
        </MoreReplies>
      )}
      <ReplyForm ticketId={ticket.id} followerCount={details.followerCount} />
    </article>
  );
}

type Entry = TicketReply | TicketStatusChange;

/** Ids tell the order of making. */
const inOrder = ({ replies, statusChanges }: TicketDetails): Entry[] =>
  [...replies, ...statusChanges].sort((a, b) => (a.id < b.id ? -1 : 1));

/** What somebody typed: text, whatever it looks like. */
function Said({ by, at, words }: { by: string; at: string; words: string }) {
  return (
    <Card>
      <header className="flex items-center gap-2.5 border-b border-border px-4 py-2 text-sm">
        <Avatar name={by} />
        <b className="min-w-0 truncate">{by}</b>
        <RelativeTime at={at} className="ml-auto text-muted-foreground" />
      </header>
      <p className="px-4 py-3 whitespace-pre-wrap wrap-anywhere">{words}</p>
    </Card>
  );
}

function Moved({ change }: { change: TicketStatusChange }) {
  const { icon: Icon } = STATUSES[change.to];
  return (
    <p className="flex items-center gap-2.5 px-4 text-sm text-muted-foreground">
      <Icon aria-hidden className="size-4 flex-none" />
      <span className="min-w-0 flex-1">
        {change.userName} moved it from {STATUSES[change.from].word.toLowerCase()} to{" "}
        <b className="text-foreground">{STATUSES[change.to].word.toLowerCase()}</b>
      </span>
      <RelativeTime at={change.createdAt} />
    </p>
  );
}
