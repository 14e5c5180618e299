import type { TicketWithVote } from "@hustings/contracts/support-tickets";
import { formatCount } from "@hustings/ui/count";
import { EmptyValue } from "@hustings/ui/table";
import { RelativeTime } from "@hustings/ui/time";
import type { DataColumn } from "~/components/data-table/column";
import { Link } from "~/components/link";
import { PriorityMark, StatusMark, TypeMark } from "./ticket-mark";
import { VoteButton } from "./vote-button";

export const createTicketColumns = (toHref: (ticket: TicketWithVote) => string): DataColumn<TicketWithVote>[] => [
  { id: "votes", label: "Votes", isFixed: true, width: "100px", cell: (ticket) => <VoteButton ticket={ticket} /> },
  {
    id: "title",
    label: "What it is about",
    isFixed: true,
    cell: (ticket) => (
      <Link
        href={toHref(ticket)}
        className="block truncate rounded-sm font-semibold hover:underline"
        title={ticket.title}
      >
        {ticket.title}
      </Link>
    ),
  },
  { id: "type", label: "Type", width: "90px", cell: ({ type }) => <TypeMark type={type} isBare /> },
  { id: "status", label: "Status", width: "125px", cell: ({ status }) => <StatusMark status={status} /> },
  {
    id: "priority",
    label: "Priority",
    width: "110px",
    cell: ({ priority }) => <PriorityMark priority={priority} isBare />,
  },
  {
    id: "replies",
    label: "Replies",
    isNumeric: true,
    width: "90px",
    isWideOnly: true,
    cell: ({ replyCount }) => (replyCount > 0 ? formatCount(replyCount) : <EmptyValue />),
  },
  {
    id: "userName",
    label: "Opened by",
    width: "160px",
    isWideOnly: true,
    cell: ({ userName }) => (
      <span className="block truncate" title={userName}>
        {userName}
      </span>
    ),
  },
  {
    id: "createdAt",
    label: "When",
    width: "150px",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} isFocusable={false} className="text-muted-foreground" />,
  },
];

/** A ticket on a phone: its votes, what it is about, where it stands. */
export function TicketPhoneRow({ ticket, href }: { ticket: TicketWithVote; href: string }) {
  return (
    <div className="flex items-start gap-3">
      <VoteButton ticket={ticket} />
      <div className="min-w-0 flex-1">
        <Link href={href} className="line-clamp-2 rounded-sm font-semibold wrap-anywhere">
          {ticket.title}
        </Link>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <StatusMark status={ticket.status} isBare />
          <TypeMark type={ticket.type} isBare />
          {ticket.priority === "high" && <PriorityMark priority="high" isBare />}
          <RelativeTime at={ticket.createdAt} isFocusable={false} className="text-sm text-muted-foreground" />
        </div>
      </div>
    </div>
  );
}
