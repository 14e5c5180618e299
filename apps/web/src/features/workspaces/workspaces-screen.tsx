import type { Workspace } from "@hustings/contracts/workspaces";
import { Button } from "@hustings/ui/button";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { StatusPill } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { Globe, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useClientList } from "~/client/client-list";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { useRecordDialogs } from "~/client/record-dialogs";
import { trpc } from "~/client/trpc";
import { useSession } from "~/client/workspace";
import type { DataColumn } from "~/components/data-table/column";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { Link } from "~/components/link";
import { RowActions } from "~/components/row-actions";
import { SearchEmpty } from "~/components/search-empty";
import { SettingsScreen } from "~/components/settings-screen";

const WorkspaceForm = dynamic(() => import("./workspace-form").then((module) => module.WorkspaceForm), { ssr: false });

/** More than any installation has; the list is searched and sorted here. */
const ALL_WORKSPACES = 10_000;
const NOUN = { one: "workspace", many: "workspaces" };

/** Every workspace of the installation: open, add, rename. For global admins. */
export function WorkspacesScreen() {
  const { isGlobalAdmin } = useSession();
  const list = useListState({ sorts: ["name", "createdAt"] });
  const workspaces = trpc.workspaces.list.useQuery(
    { limit: ALL_WORKSPACES },
    { placeholderData: (before) => before, enabled: isGlobalAdmin },
  );
  const { rows, total } = useClientList(workspaces.data, list, {
    toText: (workspace) => `${workspace.name} ${workspace.slug}`,
    sortValues: { name: (workspace) => workspace.name, createdAt: (workspace) => workspace.createdAt },
  });
  const dialogs = useRecordDialogs<Workspace>();
  useCommands(
    isGlobalAdmin
      ? [{ id: "workspace-new", label: "Add a workspace", key: "c", group: "here", run: dialogs.openNew }]
      : [],
  );
  if (!isGlobalAdmin)
    return (
      <SettingsScreen title="Workspaces">
        <NotAllowed>Global admins add and rename workspaces.</NotAllowed>
      </SettingsScreen>
    );
  const actionsOf = (workspace: Workspace) => (
    <RowActions name={workspace.name} offReason={null} onEdit={() => dialogs.openEdit(workspace)} />
  );
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={dialogs.openNew}>
      Add a workspace
    </Button>
  );
  return (
    <SettingsScreen title="Workspaces" isFlush>
      <ListTop
        title="Workspaces"
        lede="Each has its own tags, fields, campaigns and members."
        list={list}
        searchLabel="Search workspaces"
        actions={add}
      />
      <DataTable
        id="workspaces"
        label="Workspaces"
        noun={NOUN}
        columns={[
          ...COLUMNS,
          { id: "actions", label: "Change", isLabelHidden: true, isFixed: true, width: "64px", cell: actionsOf },
        ]}
        list={list}
        rows={rows}
        total={total}
        query={workspaces}
        rowId={(workspace) => workspace.id}
        rowName={(workspace) => workspace.name}
        rowCommands={[{ key: "e", label: "Rename the workspace", run: dialogs.openEdit }]}
        phoneRow={(workspace) => (
          <div className="flex items-center gap-3">
            <div className="min-w-0 flex-1">
              <Name workspace={workspace} />
              <span className="block truncate text-sm text-muted-foreground">/w/{workspace.slug}</span>
            </div>
            {actionsOf(workspace)}
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="workspace" total={workspaces.data?.length} />}
        empty={null}
      />
      {dialogs.form && (
        <WorkspaceForm
          key={dialogs.form.row?.id ?? "new"}
          workspace={dialogs.form.row}
          isOpen={dialogs.form.isOpen}
          onClose={dialogs.close}
        />
      )}
    </SettingsScreen>
  );
}

function Name({ workspace }: { workspace: Workspace }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link href={`/w/${workspace.slug}`} className="truncate rounded-sm font-semibold hover:underline">
        {workspace.name}
      </Link>
      {workspace.isGlobal && (
        <StatusPill tone="info" icon={Globe}>
          Global
        </StatusPill>
      )}
    </span>
  );
}

const COLUMNS: DataColumn<Workspace>[] = [
  { id: "name", label: "Name", sort: "name", isFixed: true, cell: (workspace) => <Name workspace={workspace} /> },
  {
    id: "slug",
    label: "Address",
    width: "30%",
    cell: (workspace) => <code className="block truncate text-sm">/w/{workspace.slug}</code>,
  },
  {
    id: "createdAt",
    label: "Added",
    sort: "createdAt",
    width: "150px",
    cell: (workspace) => (
      <RelativeTime at={workspace.createdAt} isFocusable={false} className="text-muted-foreground" />
    ),
  },
];
