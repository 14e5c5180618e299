import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { useDebounced } from "~/client/debounced";
import { trpc } from "~/client/trpc";

export const MAIL_STATUSES = [
  "captured",
  "delivered",
  "opened",
  "clicked",
  "bounced",
  "complained",
  "unsubscribed",
] as const;

const SEARCH_DELAY_MS = 250;
const PAGE_SIZE = 30;
/** A look at the newest mail and the count; the list itself, with its bodies, is fetched when they change. */
const POLL_MS = 4_000;

/** The mailbox: which mails, which page, which one is open. The address holds it all. */
export function useMailbox() {
  const [url, setUrl] = useQueryStates({
    campaign: parseAsString,
    status: parseAsStringLiteral(MAIL_STATUSES),
    q: parseAsString.withDefault(""),
    page: parseAsInteger.withDefault(1),
    mail: parseAsString,
  });
  const [searchText, setSearchText] = useState(url.q);
  const search = useDebounced(searchText.trim(), SEARCH_DELAY_MS);
  useEffect(() => {
    if (search !== url.q) void setUrl({ q: search || null, page: null });
  }, [search]);
  const page = Math.max(1, url.page);
  const filter = {
    ...(url.campaign ? { campaignId: url.campaign } : {}),
    ...(url.status ? { status: url.status } : {}),
  };
  const matching = { ...filter, ...(url.q ? { search: url.q } : {}) };
  const list = trpc.sandbox.list.useQuery(
    { ...matching, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
    { placeholderData: (before) => before },
  );
  usePoll(matching, () => void list.refetch());
  return {
    list,
    filter,
    search: url.q,
    searchText,
    setSearchText,
    page,
    pageSize: PAGE_SIZE,
    campaignId: url.campaign,
    status: url.status,
    mailId: url.mail,
    setPage: (next: number) => void setUrl({ page: next }),
    setCampaign: (id: string | null) => void setUrl({ campaign: id, page: null }),
    setStatus: (status: (typeof MAIL_STATUSES)[number] | null) => void setUrl({ status, page: null }),
    openMail: (id: string | null) => void setUrl({ mail: id }, { history: "push" }),
    clearFilters: () => {
      setSearchText("");
      void setUrl({ campaign: null, status: null, q: null, page: null });
    },
  };
}
export type Mailbox = ReturnType<typeof useMailbox>;

type Filter = { campaignId?: string; status?: (typeof MAIL_STATUSES)[number]; search?: string };

function usePoll(filter: Filter, onChange: () => void) {
  const newest = trpc.sandbox.list.useQuery({ ...filter, limit: 1 }, { refetchInterval: POLL_MS });
  const seen = newest.data && `${newest.data.total} ${newest.data.emails[0]?.id} ${newest.data.emails[0]?.status}`;
  const before = useRef(seen);
  useEffect(() => {
    if (before.current !== undefined && seen !== undefined && before.current !== seen) onChange();
    if (seen !== undefined) before.current = seen;
  }, [seen]);
}
