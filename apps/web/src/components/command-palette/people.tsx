import { User } from "lucide-react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import type { PaletteEntry } from "./command-palette";

/** People whom the server finds; from two letters on. */
export function usePeople(search: string): { entries: PaletteEntry[]; isLooking: boolean; isFailed: boolean } {
  const toPath = useWorkspacePath();
  const isAsked = search.length >= 2;
  const found = trpc.contacts.list.useQuery(
    { search, pageSize: 5 },
    { enabled: isAsked, placeholderData: (before) => before },
  );
  const contacts = isAsked ? (found.data?.contacts ?? []) : [];
  return {
    isLooking: isAsked && found.isFetching,
    isFailed: isAsked && found.isError,
    entries: contacts.map((contact) => {
      const name = [contact.firstName, contact.lastName].filter(Boolean).join(" ");
      return {
        id: `contact-${contact.id}`,
        icon: <User aria-hidden />,
        label: name || contact.email || "No name",
        hint: name ? (contact.email ?? "No email") : undefined,
        href: toPath(`/contacts/${contact.id}`),
      };
    }),
  };
}
