import type { DeliveryOutcome, WebhookDelivery } from "@hustings/contracts/webhook-deliveries";
import { BulkAction } from "@hustings/ui/bulk-bar";
import { Button } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { Select } from "@hustings/ui/select";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { RotateCw, Webhook } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import type { SelectionControl } from "~/components/data-table/selection";
import { SettingsScreen } from "~/components/settings-screen";
import { DELIVERY_COLUMNS, DeliveryPhoneRow } from "./delivery-columns";
import { OUTCOME_NAMES, OUTCOMES, TYPES, typeWord } from "./delivery-words";
import { SPANS, type Span, useDeliveries } from "./use-deliveries";

const DeliveryDrawer = dynamic(() => import("./delivery-drawer").then((module) => module.DeliveryDrawer), {
  ssr: false,
});
const ReplayDialog = dynamic(() => import("./replay-dialog").then((module) => module.ReplayDialog), { ssr: false });

const NOUN = { one: "delivery", many: "deliveries" };
const ANY = "any";

/** The log of what the mail provider reported, what became of it, and the way to try it again. */
export function DeliveriesScreen() {
  const offReason = useNotAllowedReason("admin", "see what the mail service reported");
  const deliveries = useDeliveries({ isOff: Boolean(offReason) });
  const [opened, setOpened] = useQueryState("delivery", parseAsString.withOptions({ history: "push" }));
  const [isReplaying, setReplaying] = useState<boolean | null>(null);
  if (offReason)
    return (
      <SettingsScreen title="Deliveries">
        <NotAllowed>{offReason}</NotAllowed>
      </SettingsScreen>
    );
  const { list, query } = deliveries;
  return (
    <SettingsScreen title="Deliveries" isFlush>
      <ListTop
        title="Deliveries"
        lede="What the mail service and forms reported, and what became of it. Kept for 30 days."
        list={list}
        searchLabel="Event, message or address"
        actions={
          <Button icon={<RotateCw aria-hidden />} onClick={() => setReplaying(true)}>
            Try again…
          </Button>
        }
        filters={<Filters deliveries={deliveries} />}
      />
      <DataTable<WebhookDelivery>
        id="webhook-deliveries"
        label="Deliveries"
        noun={NOUN}
        columns={DELIVERY_COLUMNS}
        list={list}
        rows={query.data?.deliveries}
        total={deliveries.total}
        isTotalBound={deliveries.hasMore}
        query={query}
        rowId={({ id }) => id}
        rowName={({ type, id }) => `${typeWord(type)}, ${id}`}
        onOpen={({ id }) => void setOpened(id)}
        phoneRow={(delivery) => <DeliveryPhoneRow delivery={delivery} />}
        bulkActions={(selection) => <ReplayChosen selection={selection} />}
        filterScope={JSON.stringify(deliveries.filters)}
        isFiltered={deliveries.isFiltered}
        filteredEmpty={
          <FilteredEmptyState
            title="No delivery matches."
            actions={
              <Button
                size="sm"
                onClick={() => {
                  list.setSearchText("");
                  deliveries.change({ outcome: null, type: null, since: null });
                }}
              >
                Show all deliveries
              </Button>
            }
          >
            An event, a message or an address is found by the whole of it.
          </FilteredEmptyState>
        }
        empty={
          <EmptyState icon={Webhook} title="Nothing reported yet">
            Once email leaves, the mail service tells here what arrived, bounced, was opened or clicked.
          </EmptyState>
        }
      />
      {opened && <DeliveryDrawer key={opened} id={opened} isOpen onClose={() => void setOpened(null)} />}
      {isReplaying !== null && <ReplayDialog isOpen={isReplaying} onClose={() => setReplaying(false)} />}
    </SettingsScreen>
  );
}

function Filters({ deliveries: { filters, change } }: { deliveries: ReturnType<typeof useDeliveries> }) {
  return (
    <>
      <Select<DeliveryOutcome | typeof ANY>
        aria-label="What became of it"
        value={filters.outcome ?? ANY}
        onValueChange={(outcome) => change({ outcome: outcome === ANY ? null : outcome })}
        options={[
          { value: ANY, label: "Any outcome" },
          ...OUTCOME_NAMES.map((value) => ({ value, label: OUTCOMES[value].word })),
        ]}
        className="w-38 max-md:min-w-[45%] max-md:flex-1"
      />
      <Select
        aria-label="What"
        value={filters.type ?? ANY}
        onValueChange={(type) => change({ type: type === ANY ? null : type })}
        options={[
          { value: ANY, label: "Any event" },
          ...Object.entries(TYPES).map(([value, label]) => ({ value, label })),
        ]}
        className="w-42 max-md:min-w-[45%] max-md:flex-1"
      />
      <Select<Span | typeof ANY>
        aria-label="When"
        value={filters.since ?? ANY}
        onValueChange={(since) => change({ since: since === ANY ? null : since })}
        options={[
          { value: ANY, label: "Any time" },
          ...Object.entries(SPANS).map(([value, { label }]) => ({ value: value as Span, label })),
        ]}
        className="w-42 max-md:min-w-[45%] max-md:flex-1"
      />
    </>
  );
}

/** What one call takes. */
const MAX_IDS = 1_000;

function ReplayChosen({ selection }: { selection: SelectionControl }) {
  const utils = trpc.useUtils();
  const replay = trpc.webhookDeliveries.replayMany.useMutation({
    onSuccess: async ({ replayed }) => {
      selection.clear();
      notifyDone(
        replayed === 0
          ? "None of these could be tried again"
          : `${formatCountOf(replayed, "delivery", "deliveries")} to try again`,
      );
      await utils.webhookDeliveries.invalidate();
    },
    onError: () => notifyFailed("They were not tried again"),
  });
  return (
    <BulkAction
      icon={<RotateCw aria-hidden />}
      isBusy={replay.isPending}
      offReason={
        selection.isAllMatching
          ? "For all of a span of time there is “Try again…” above"
          : selection.ids.size > MAX_IDS && "Choose at most 1,000"
      }
      onClick={() => replay.mutate({ ids: [...selection.ids] })}
    >
      Try again
    </BulkAction>
  );
}
