import type { TicketDetails } from "@hustings/contracts/support-tickets";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { useRecordTrail } from "~/client/record-trail";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { RecordError } from "~/components/record-error";
import { EditButton } from "./edit-button";
import { TicketSide } from "./ticket-side";
import { TicketThread } from "./ticket-thread";

const CRUMBS = [{ label: "Tickets", path: "/tickets" }] as const;

/** One ticket: what it is about and what was said on the left, where it stands on the right. */
export function TicketScreen({ id }: { id: string }) {
  const query = trpc.supportTickets.get.useQuery({ id });
  if (query.data) return <Ticket details={query.data} />;
  return (
    <Screen title="Ticket" crumbs={CRUMBS}>
      {query.error ? (
        <RecordError
          noun="ticket"
          error={query.error}
          onRetry={() => void query.refetch()}
          goneWhy="It may have been deleted."
        />
      ) : (
        <SkeletonRows rows={8} label="Loading the ticket" />
      )}
    </Screen>
  );
}

/** As much as stands beside the way here without pushing it aside. */
const shorten = (title: string): string => (title.length > 60 ? `${title.slice(0, 59)}…` : title);

function Ticket({ details }: { details: TicketDetails }) {
  const toPath = useWorkspacePath();
  const { ticket } = details;
  useRecordTrail("tickets", "ticket", ticket.id, (id) => toPath(`/tickets/${id}`));
  return (
    <Screen title={shorten(ticket.title)} crumbs={CRUMBS} isFlush>
      <div className="flex min-h-0 flex-1 flex-col max-md:overflow-auto">
        <header className="flex flex-none flex-wrap items-start gap-x-4 gap-y-2 px-6 pt-5 pb-4 max-md:px-3.5 max-md:pt-3.5 max-md:pb-3">
          <h1 className="min-w-0 flex-1 basis-64 wrap-anywhere">{ticket.title}</h1>
          <EditButton ticket={ticket} />
        </header>
        <div className="flex min-h-0 flex-1 border-t border-border max-md:flex-none max-md:flex-col">
          <div className="min-w-0 flex-1 overflow-auto px-6 py-5 max-md:overflow-visible max-md:px-3.5 max-md:py-3.5">
            <TicketThread details={details} />
          </div>
          <aside
            aria-label="Where it stands"
            className="w-78 flex-none overflow-auto border-l border-border bg-sunken px-5 py-5 max-md:order-first max-md:w-full max-md:overflow-visible max-md:border-b max-md:border-l-0 max-md:px-3.5 max-md:py-3.5"
          >
            <TicketSide details={details} />
          </aside>
        </div>
      </div>
    </Screen>
  );
}
