import type { TicketReply } from "@hustings/contracts/support-tickets";
import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { type ReactNode, useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

/** As many as the server gives at once. */
const LIMIT = 10_000;

type MoreRepliesProps = { id: string; shown: number; total: number; children: (reply: TicketReply) => ReactNode };

/** The rest of a thread that is longer than what came with its ticket. */
export function MoreReplies({ id, shown, total, children }: MoreRepliesProps) {
  const [isWanted, setWanted] = useState(false);
  const rest = trpc.supportTickets.replies.useQuery({ id, offset: shown, limit: LIMIT }, { enabled: isWanted });
  if (rest.data) return rest.data.map(children);
  if (rest.error) return <QueryError title="The replies did not load." error={rest.error} />;
  return (
    <div>
      <Button isBusy={rest.isFetching} onClick={() => setWanted(true)}>
        Show {formatCountOf(total - shown, "more reply", "more replies")}
      </Button>
    </div>
  );
}
