import type { Suppression } from "@hustings/contracts/suppressions";
import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { RelativeTime } from "@hustings/ui/time";
import { MailX, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { useRecordDialogs } from "~/client/record-dialogs";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";
import type { DataColumn } from "~/components/data-table/column";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { RowActions } from "~/components/row-actions";
import { SearchEmpty } from "~/components/search-empty";
import { SettingsScreen } from "~/components/settings-screen";
import { REASONS } from "./reasons";

const SuppressionForm = dynamic(() => import("./suppression-form").then((module) => module.SuppressionForm), {
  ssr: false,
});
const LiftSuppressionDialog = dynamic(
  () => import("./lift-suppression-dialog").then((module) => module.LiftSuppressionDialog),
  { ssr: false },
);

const NOUN = { one: "address", many: "addresses" };

/** Addresses that are never mailed, and why. */
export function SuppressionsScreen() {
  const list = useListState({ sorts: ["newest"], defaultOrder: "desc" });
  const offReason = useNotAllowedReason("admin", "see and change suppressed addresses");
  const { isGlobalAdmin } = useSession();
  const offset = (list.page - 1) * list.pageSize;
  // One more than is shown tells whether there is a next page.
  const suppressions = trpc.suppressions.list.useQuery(
    { limit: list.pageSize + 1, offset, ...(list.search ? { search: list.search } : {}) },
    { placeholderData: (before) => before, enabled: !offReason },
  );
  const hasMore = (suppressions.data?.length ?? 0) > list.pageSize;
  const dialogs = useRecordDialogs<Suppression>();
  useCommands(
    offReason
      ? []
      : [{ id: "suppression-new", label: "Suppress an address", key: "c", group: "here", run: dialogs.openNew }],
  );
  if (offReason)
    return (
      <SettingsScreen title="Suppressions">
        <NotAllowed>{offReason}</NotAllowed>
      </SettingsScreen>
    );
  const actionsOf = (suppression: Suppression) => (
    <RowActions
      name={suppression.email}
      removeLabel={`Lift the suppression of ${suppression.email}`}
      offReason={
        suppression.workspaceId === null && !isGlobalAdmin
          ? "Bounces and complaints hold for the whole installation. A global admin can lift them."
          : null
      }
      onRemove={() => dialogs.openRemoval(suppression)}
    />
  );
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={dialogs.openNew}>
      Suppress an address
    </Button>
  );
  return (
    <SettingsScreen title="Suppressions" isFlush>
      <ListTop
        title="Suppressions"
        lede="Addresses that are never mailed, whatever a campaign says."
        list={list}
        searchLabel="Search addresses"
        actions={add}
      />
      <DataTable
        id="suppressions"
        label="Suppressed addresses"
        noun={NOUN}
        columns={[
          ...COLUMNS,
          { id: "actions", label: "Lift", isLabelHidden: true, isFixed: true, width: "64px", cell: actionsOf },
        ]}
        list={list}
        rows={suppressions.data?.slice(0, list.pageSize)}
        total={suppressions.data && offset + suppressions.data.length}
        isTotalBound={hasMore}
        query={suppressions}
        rowId={(suppression) => suppression.id}
        rowName={(suppression) => suppression.email}
        phoneRow={(suppression) => (
          <div className="flex items-center gap-3">
            <div className="min-w-0 flex-1">
              <b className="block truncate">{suppression.email}</b>
              <span className="block truncate text-sm text-muted-foreground">
                {REASONS[suppression.reason]},{" "}
                <RelativeTime at={suppression.createdAt} isInSentence isFocusable={false} />
              </span>
            </div>
            {actionsOf(suppression)}
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="address" />}
        empty={
          <EmptyState icon={MailX} title="No suppressed addresses" actions={add}>
            Addresses that bounce or complain come here by themselves. You can add one by hand.
          </EmptyState>
        }
      />
      {dialogs.form && <SuppressionForm isOpen={dialogs.form.isOpen} onClose={dialogs.close} />}
      {dialogs.removal && (
        <LiftSuppressionDialog
          suppression={dialogs.removal.row}
          isOpen={dialogs.removal.isOpen}
          onClose={dialogs.close}
        />
      )}
    </SettingsScreen>
  );
}

const COLUMNS: DataColumn<Suppression>[] = [
  {
    id: "email",
    label: "Address",
    isFixed: true,
    cell: (suppression) => (
      <b className="block truncate" title={suppression.email}>
        {suppression.email}
      </b>
    ),
  },
  { id: "reason", label: "Why", width: "22%", cell: (suppression) => REASONS[suppression.reason] },
  {
    id: "scope",
    label: "Holds for",
    width: "20%",
    cell: (suppression) => (suppression.workspaceId === null ? "The whole installation" : "This workspace"),
  },
  {
    id: "createdAt",
    label: "Since",
    width: "150px",
    cell: (suppression) => (
      <RelativeTime at={suppression.createdAt} isFocusable={false} className="text-muted-foreground" />
    ),
  },
];
