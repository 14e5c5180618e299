import type { ApiKey } from "@hustings/contracts/api-keys";
import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { StatusPill } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { Ban, KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useClientList } from "~/client/client-list";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { useRecordDialogs } from "~/client/record-dialogs";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import type { DataColumn } from "~/components/data-table/column";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { RowActions } from "~/components/row-actions";
import { SearchEmpty } from "~/components/search-empty";
import { SettingsScreen } from "~/components/settings-screen";

const CreateKeyDialog = dynamic(() => import("./create-key-dialog").then((module) => module.CreateKeyDialog), {
  ssr: false,
});
const RevokeKeyDialog = dynamic(() => import("./revoke-key-dialog").then((module) => module.RevokeKeyDialog), {
  ssr: false,
});

/** More than any workspace has; the list is searched and sorted here. */
const ALL_KEYS = 10_000;
const NOUN = { one: "key", many: "keys" };

/** Keys for programs: who made each, when it was last used; make and revoke. */
export function ApiKeysScreen() {
  const list = useListState({ sorts: ["createdAt", "name", "creatorName", "lastUsedAt"], defaultOrder: "desc" });
  const offReason = useNotAllowedReason("admin", "see and make API keys");
  const keys = trpc.apiKeys.list.useQuery(
    { limit: ALL_KEYS },
    { placeholderData: (before) => before, enabled: !offReason },
  );
  const { rows, total } = useClientList(keys.data, list, {
    toText: (key) => `${key.name} ${key.keyPrefix} ${key.creatorName} ${key.creatorEmail}`,
    sortValues: {
      createdAt: (key) => key.createdAt,
      name: (key) => key.name,
      creatorName: (key) => key.creatorName,
      lastUsedAt: (key) => key.lastUsedAt,
    },
  });
  const dialogs = useRecordDialogs<ApiKey>();
  useCommands(
    offReason ? [] : [{ id: "api-key-new", label: "Make a key", key: "c", group: "here", run: dialogs.openNew }],
  );
  if (offReason)
    return (
      <SettingsScreen title="API keys">
        <NotAllowed>{offReason}</NotAllowed>
      </SettingsScreen>
    );
  const actionsOf = (key: ApiKey) =>
    key.isActive ? (
      <RowActions
        name={key.name}
        offReason={null}
        removeLabel={`Revoke ${key.name}`}
        onRemove={() => dialogs.openRemoval(key)}
      />
    ) : null;
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={dialogs.openNew}>
      Make a key
    </Button>
  );
  return (
    <SettingsScreen title="API keys" isFlush>
      <ListTop
        title="API keys"
        lede="For programs. A key does what the person who made it may do."
        list={list}
        searchLabel="Search keys"
        actions={
          <>
            <Button asChild>
              <a href="/docs">API reference</a>
            </Button>
            {add}
          </>
        }
      />
      <DataTable
        id="api-keys"
        label="API keys"
        noun={NOUN}
        columns={[
          ...COLUMNS,
          { id: "actions", label: "Revoke", isLabelHidden: true, isFixed: true, width: "64px", cell: actionsOf },
        ]}
        list={list}
        rows={rows}
        total={total}
        query={keys}
        rowId={(key) => key.id}
        rowName={(key) => key.name}
        phoneRow={(key) => (
          <div className="flex items-center gap-3">
            <div className="min-w-0 flex-1">
              <b className="block truncate">{key.name}</b>
              <span className="block truncate text-sm text-muted-foreground">
                {key.isActive ? (key.creatorIsActive ? "" : "Refused. ") : "Revoked. "}
                {key.creatorName}, {key.lastUsedAt ? "used " : "never used"}
                {key.lastUsedAt && <RelativeTime at={key.lastUsedAt} isInSentence isFocusable={false} />}
              </span>
            </div>
            {actionsOf(key)}
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="key" total={keys.data?.length} />}
        empty={
          <EmptyState icon={KeyRound} title="No keys yet" actions={add}>
            A key lets a website, a form or a script read and write here, over the REST API.
          </EmptyState>
        }
      />
      {dialogs.form && <CreateKeyDialog isOpen={dialogs.form.isOpen} onClose={dialogs.close} />}
      {dialogs.removal && (
        <RevokeKeyDialog apiKey={dialogs.removal.row} isOpen={dialogs.removal.isOpen} onClose={dialogs.close} />
      )}
    </SettingsScreen>
  );
}

const COLUMNS: DataColumn<ApiKey>[] = [
  {
    id: "name",
    label: "Name",
    sort: "name",
    isFixed: true,
    cell: (key) => (
      <span className="flex min-w-0 items-center gap-2">
        <b className="truncate">{key.name}</b>
        {!key.isActive && (
          <StatusPill tone="neutral" icon={Ban}>
            Revoked
          </StatusPill>
        )}
        {key.isActive && !key.creatorIsActive && (
          <StatusPill tone="look" icon={Ban}>
            Refused
          </StatusPill>
        )}
      </span>
    ),
  },
  {
    id: "keyPrefix",
    label: "Starts with",
    width: "150px",
    cell: (key) => <code className="text-sm">{key.keyPrefix}…</code>,
  },
  {
    id: "creatorName",
    label: "Made by",
    sort: "creatorName",
    width: "20%",
    cell: (key) => (
      <span className="block truncate" title={key.creatorEmail}>
        {key.creatorName}
        {!key.creatorIsActive && <span className="text-muted-foreground">, deactivated</span>}
      </span>
    ),
  },
  {
    id: "lastUsedAt",
    label: "Last used",
    sort: "lastUsedAt",
    width: "150px",
    cell: (key) => <RelativeTime at={key.lastUsedAt} isFocusable={false} className="text-muted-foreground" />,
  },
  {
    id: "createdAt",
    label: "Made",
    sort: "createdAt",
    width: "150px",
    cell: (key) => <RelativeTime at={key.createdAt} isFocusable={false} className="text-muted-foreground" />,
  },
];
