import { trpc } from "./trpc";

/** Whoever adds or deletes people here refreshes it; others' changes may show late. */
const STALE_MS = 60_000;

/** How many people the workspace knows, from its counter: exact. The rail, the lists and home share the answer. */
export const useEverybody = (): number | undefined =>
  trpc.contacts.list.useQuery({ pageSize: 1 }, { staleTime: STALE_MS }).data?.total;
