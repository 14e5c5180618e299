import type { Contact, ContactOverview } from "@hustings/contracts/contacts";
import { trpc } from "~/client/trpc";

/** Tags, last activity and emailability of the contacts in sight; a second question, so that names do not wait for it. */
export function useOverviews(contacts: readonly Contact[] | undefined) {
  const ids = (contacts ?? []).map(({ id }) => id).join(",");
  const query = trpc.contacts.overview.useQuery({ ids }, { enabled: ids !== "", placeholderData: (before) => before });
  return (contact: Contact): ContactOverview | undefined => query.data?.[contact.id];
}
export type FindOverview = ReturnType<typeof useOverviews>;
