import type { TicketWithVote } from "@hustings/contracts/support-tickets";
import { cn } from "@hustings/ui/class-names";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { notifyFailed } from "@hustings/ui/toast";
import { ChevronUp } from "lucide-react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";

type VoteButtonProps = { ticket: Pick<TicketWithVote, "id" | "title" | "hasVoted" | "upvoteCount">; isLarge?: boolean };

/** One vote per person: pressed or not, with the count, which is shown anew at once. A double click is one press. */
export function VoteButton({ ticket, isLarge = false }: VoteButtonProps) {
  const utils = trpc.useUtils();
  const vote = trpc.supportTickets.vote.useMutation({
    // Under way until what is shown is the server's.
    onSettled: () => Promise.all([utils.supportTickets.list.invalidate(), utils.supportTickets.get.invalidate()]),
    onError: (error) => notifyFailed(`Your vote was not counted. ${readCallError(error).message}`),
  });
  const hasVoted = vote.isPending ? !ticket.hasVoted : ticket.hasVoted;
  const count = ticket.upvoteCount + Number(hasVoted) - Number(ticket.hasVoted);
  return (
    <button
      type="button"
      aria-pressed={hasVoted}
      aria-label={`Vote for ${ticket.title}, ${formatCountOf(count, "vote")}`}
      title={hasVoted ? "Take your vote back" : "Vote for it"}
      onClick={({ detail: clicks }) => {
        if (clicks <= 1 && !vote.isPending) vote.mutate({ id: ticket.id });
      }}
      className={cn(
        "inline-flex items-center justify-center gap-1 rounded-md border font-semibold tabular-nums transition-colors",
        isLarge ? "h-(--control) min-w-16 px-3" : "h-7 min-w-13 px-2 text-sm max-md:h-9",
        hasVoted
          ? "border-ring bg-primary-soft text-primary-text"
          : "border-input bg-card text-muted-foreground hover:bg-hover",
      )}
    >
      <ChevronUp aria-hidden className="size-3.5" />
      {formatCount(count)}
    </button>
  );
}
