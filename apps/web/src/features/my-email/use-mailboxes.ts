import { trpc } from "~/client/trpc";

/** While a mailbox is read, or waits for its turn. */
const POLL_MS = 1_000;

/** One's own accounts; looks again while one is at work. */
export const useMailboxes = () =>
  trpc.emailConnections.list.useQuery(
    {},
    {
      refetchInterval: ({ state }) => (state.data?.some(({ syncState }) => syncState !== "idle") ? POLL_MS : false),
    },
  );
