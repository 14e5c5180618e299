import type { ContactMatch } from "@hustings/contracts/contacts";
import { trpc } from "~/client/trpc";

/** Each of them is looked at: more would cost more than the number is worth. The list's totals are exact up to here. */
const MAX_COUNTED = 10_000;

/** How many of those whom a filtered list shows could be emailed; undefined while it is not known, or too many match. */
export function useCanBeEmailed(match: ContactMatch, { total, isFiltered }: { total?: number; isFiltered: boolean }) {
  const isAsked = isFiltered && total !== undefined && total > 0 && total <= MAX_COUNTED;
  const { data } = trpc.contacts.audience.useQuery(match, { enabled: isAsked });
  // A number that was counted before somebody came or went would not add up.
  return isAsked && data?.matched === total ? data.recipients : undefined;
}
