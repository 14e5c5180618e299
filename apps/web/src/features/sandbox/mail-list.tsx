import { Button, IconButton } from "@hustings/ui/button";
import { FilterChip } from "@hustings/ui/chip";
import { Combobox } from "@hustings/ui/combobox";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { SearchInput } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { statusWord } from "@hustings/ui/status";
import { ChevronLeft, ChevronRight, Inbox, Layers, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useCommands } from "~/client/commands";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { ScrollBox } from "~/components/scroll-box";
import { MailRow } from "./mail-row";
import { MAIL_STATUSES, type Mailbox } from "./use-mailbox";

const SimulateDialog = dynamic(() => import("./simulate-dialog").then((module) => module.SimulateDialog), {
  ssr: false,
});
const EmptyDialog = dynamic(() => import("./empty-dialog").then((module) => module.EmptyDialog), { ssr: false });

const ANY = "any";

/** Search, filters, what can be done to all, and the mails. */
export function MailList({ mailbox }: { mailbox: Mailbox }) {
  const { list, page, pageSize } = mailbox;
  const [dialog, setDialog] = useState<{ kind: "simulate" | "empty"; isOpen: boolean } | null>(null);
  const search = useRef<HTMLDivElement>(null);
  useCommands([
    {
      id: "search",
      label: "Search the mailbox",
      key: "/",
      group: "here",
      run: () => search.current?.querySelector("input")?.focus(),
    },
  ]);
  const total = list.data?.total;
  const isFiltered = mailbox.search !== "" || mailbox.campaignId !== null || mailbox.status !== null;
  const close = () => setDialog((now) => now && { ...now, isOpen: false });
  return (
    <>
      <div className="grid flex-none gap-2 border-b border-border px-4 pt-3.5 pb-2.5">
        <div className="flex items-center gap-2">
          <h1 className="text-lg leading-6">Mailbox</h1>
          <span role="status" className="text-sm text-muted-foreground">
            {total !== undefined && `${formatCount(total)} ${isFiltered ? "match" : "caught"}`}
          </span>
          <Button
            variant="quiet"
            size="sm"
            icon={<Trash2 aria-hidden />}
            offReason={total === 0 && !isFiltered && "It is empty"}
            onClick={() => setDialog({ kind: "empty", isOpen: true })}
            className="ml-auto"
          >
            Empty…
          </Button>
        </div>
        <div ref={search}>
          <SearchInput
            label="Address or subject"
            value={mailbox.searchText}
            onValueChange={mailbox.setSearchText}
            shortcut="/"
          />
        </div>
        <Filters mailbox={mailbox} />
        <Button
          size="sm"
          icon={<Layers aria-hidden />}
          className="justify-start"
          offReason={
            mailbox.search !== "" ? "Goes by campaign and status. Empty the search first." : !total && "Nothing matches"
          }
          onClick={() => setDialog({ kind: "simulate", isOpen: true })}
        >
          Simulate for all {total === undefined ? "" : `${formatCount(total)} `}that match…
        </Button>
      </div>
      <Mails mailbox={mailbox} isFiltered={isFiltered} />
      {total !== undefined && total > pageSize && (
        <nav
          aria-label="Pages of emails"
          className="flex flex-none items-center gap-1.5 border-t border-border px-4 py-1.5 text-sm text-muted-foreground"
        >
          <span className="mr-auto">
            {formatCount((page - 1) * pageSize + 1)}–{formatCount(Math.min(total, page * pageSize))} of{" "}
            {formatCount(total)}
          </span>
          <IconButton
            size="sm"
            label="Page before"
            icon={<ChevronLeft aria-hidden />}
            offReason={page <= 1 && "This is the first page"}
            onClick={() => mailbox.setPage(page - 1)}
          />
          <IconButton
            size="sm"
            label="Next page"
            icon={<ChevronRight aria-hidden />}
            offReason={page * pageSize >= total && "This is the last page"}
            onClick={() => mailbox.setPage(page + 1)}
          />
        </nav>
      )}
      {dialog?.kind === "simulate" && (
        <SimulateDialog mailbox={mailbox} total={total ?? 0} isOpen={dialog.isOpen} onClose={close} />
      )}
      {dialog?.kind === "empty" && (
        <EmptyDialog
          campaignId={mailbox.campaignId}
          isOpen={dialog.isOpen}
          onClose={close}
          onEmptied={() => mailbox.openMail(null)}
        />
      )}
    </>
  );
}

function Filters({ mailbox }: { mailbox: Mailbox }) {
  const campaigns = trpc.campaigns.list.useQuery({ limit: 100 });
  const name = campaigns.data?.find((campaign) => campaign.id === mailbox.campaignId)?.name;
  const status = (
    <Select
      aria-label="Status"
      value={mailbox.status ?? ANY}
      onValueChange={(value) => mailbox.setStatus(value === ANY ? null : value)}
      options={[
        { value: ANY, label: "Any status" },
        ...MAIL_STATUSES.map((value) => ({ value, label: statusWord(value) })),
      ]}
      className="h-7 w-34 flex-none text-sm max-md:h-9"
    />
  );
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {mailbox.campaignId ? (
        <FilterChip
          field="Campaign"
          operator="is"
          value={name ?? "…"}
          onRemove={() => mailbox.setCampaign(null)}
          removeLabel="Drop the filter Campaign"
        />
      ) : (
        <Combobox
          label="Campaign"
          value={null}
          placeholder="Any campaign"
          options={(campaigns.data ?? [])
            .filter((campaign) => campaign.status !== "draft")
            .map((campaign) => ({ value: campaign.id, label: campaign.name }))}
          onValueChange={mailbox.setCampaign}
          empty="No campaign was sent yet"
          className="h-7 min-w-32 flex-1 text-sm max-md:h-9"
        />
      )}
      {status}
    </div>
  );
}

function Mails({ mailbox, isFiltered }: { mailbox: Mailbox; isFiltered: boolean }) {
  const { list } = mailbox;
  if (!list.data)
    return list.error ? (
      <QueryError
        title="The mailbox did not load."
        error={list.error}
        onRetry={() => void list.refetch()}
        className="m-4"
      />
    ) : (
      <SkeletonRows label="Loading the mailbox" rows={10} />
    );
  if (list.data.emails.length === 0)
    return isFiltered ? (
      <FilteredEmptyState
        title="No caught email matches."
        actions={
          <Button size="sm" onClick={mailbox.clearFilters}>
            Show all emails
          </Button>
        }
      />
    ) : (
      <EmptyState icon={Inbox} title="Nothing caught yet">
        Send a campaign or a test: it lands here instead of with people.
      </EmptyState>
    );
  return (
    <ScrollBox
      label={`Emails, ${formatCountOf(list.data.total, "email")}`}
      isBusy={list.isFetching}
      className="min-h-0 flex-1 bg-card"
    >
      <ul>
        {list.data.emails.map((mail) => (
          <MailRow
            key={mail.id}
            mail={mail}
            isOpen={mail.id === mailbox.mailId}
            onOpen={() => mailbox.openMail(mail.id)}
          />
        ))}
      </ul>
    </ScrollBox>
  );
}
