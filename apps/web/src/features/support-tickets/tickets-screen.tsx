import { Button } from "@hustings/ui/button";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { Plus, Ticket as TicketIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/router";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { Screen } from "~/components/frame/screen";
import { BoardFilters } from "./board-filters";
import { FollowAllSwitch } from "./follow-switches";
import { createTicketColumns, TicketPhoneRow } from "./ticket-columns";
import { useTicketFilters } from "./use-ticket-filters";

// Forms bring Zod and react-hook-form: loaded when the first one opens.
const TicketForm = dynamic(() => import("./ticket-form").then((module) => module.TicketForm), { ssr: false });

const NOUN = { one: "ticket", many: "tickets" };

/** Bugs and ideas of everybody who works with this installation, the most wanted first. */
export function TicketsScreen() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const list = useListState({ sorts: ["votes"], pageSize: 25 });
  const filters = useTicketFilters(list);
  const tickets = trpc.supportTickets.list.useQuery(filters.input, { placeholderData: (before) => before });
  const creating = useCreating();
  const toHref = ({ id }: { id: string }) => toPath(`/tickets/${id}`);
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={creating.open}>
      New ticket
    </Button>
  );
  return (
    <Screen title="Tickets" isFlush>
      <ListTop
        title="Tickets"
        lede="What does not work and what is missing, in every workspace. Vote for what you need too."
        list={list}
        searchLabel="Search tickets"
        actions={
          <>
            <FollowAllSwitch />
            {add}
          </>
        }
        filters={<BoardFilters filters={filters} stats={tickets.data?.stats} />}
      />
      <DataTable
        id="tickets"
        label="Tickets"
        noun={NOUN}
        columns={createTicketColumns(toHref)}
        list={list}
        rows={tickets.data?.tickets}
        total={tickets.data?.total}
        query={tickets}
        rowId={({ id }) => id}
        rowName={({ title }) => title}
        onOpen={(ticket) => void router.push(toHref(ticket))}
        phoneRow={(ticket) => <TicketPhoneRow ticket={ticket} href={toHref(ticket)} />}
        isFiltered={filters.isFiltered}
        filteredEmpty={
          <FilteredEmptyState
            title={list.search ? `No ticket matches “${list.search}”.` : "No ticket matches."}
            actions={
              <Button size="sm" onClick={filters.clear}>
                Show all tickets
              </Button>
            }
          />
        }
        empty={
          <EmptyState icon={TicketIcon} title="No tickets yet" actions={add}>
            Say what went wrong, or what would help you. Everybody who works here can see it, vote for it and reply.
          </EmptyState>
        }
      />
      {creating.isWanted && <TicketForm ticket={null} isOpen={creating.isOpen} onClose={creating.close} />}
    </Screen>
  );
}

/** The form stands in the address, so that the palette can open it; once loaded it stays mounted. */
function useCreating() {
  const [now, setNow] = useQueryState("new", parseAsString);
  const [isKept, setKept] = useState(false);
  const isOpen = now === "1";
  if (isOpen && !isKept) setKept(true);
  const open = () => void setNow("1");
  useCommands([{ id: "ticket-new", label: "New ticket", key: "c", group: "here", run: open }]);
  return { isOpen, isWanted: isKept, open, close: () => void setNow(null) };
}
