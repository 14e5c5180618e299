import { Ticket } from "lucide-react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import type { PaletteEntry } from "./command-palette";

/** Tickets that the server finds; from two letters on. */
export function useTickets(search: string): PaletteEntry[] {
  const toPath = useWorkspacePath();
  const isAsked = search.length >= 2;
  const found = trpc.supportTickets.list.useQuery(
    { search, sort: "votes", pageSize: 5 },
    { enabled: isAsked, placeholderData: (before) => before },
  );
  if (!isAsked) return [];
  return (found.data?.tickets ?? []).map(({ id, title, status }) => ({
    id: `ticket-${id}`,
    icon: <Ticket aria-hidden />,
    label: title,
    hint: status.replace("_", " "),
    href: toPath(`/tickets/${id}`),
  }));
}
