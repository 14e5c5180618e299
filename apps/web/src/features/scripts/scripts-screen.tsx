import type { Script } from "@hustings/contracts/scripts";
import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { PageHeader } from "@hustings/ui/page-header";
import { EmptyValue } from "@hustings/ui/table";
import { RelativeTime } from "@hustings/ui/time";
import { Plus, SquareTerminal } from "lucide-react";
import { useRouter } from "next/router";
import { useClientList } from "~/client/client-list";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import type { DataColumn } from "~/components/data-table/column";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { Screen } from "~/components/frame/screen";
import { Link } from "~/components/link";
import { SearchEmpty } from "~/components/search-empty";
import { ExampleList } from "./example-list";
import { RunStatus } from "./run-status";
import { ServiceNote } from "./service-note";

/** The list is searched and sorted here. */
const ALL_SCRIPTS = 1_000;
const NOUN = { one: "script", many: "scripts" };

/** Small programs of the workspace: how each fared last, and when it comes next. */
export function ScriptsScreen() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const list = useListState({ sorts: ["name", "nextRunAt", "lastRunAt"] });
  const offReason = useNotAllowedReason("admin", "see and write scripts");
  const scripts = trpc.scripts.list.useQuery(
    { limit: ALL_SCRIPTS },
    { placeholderData: (before) => before, enabled: !offReason },
  );
  const { rows, total } = useClientList(scripts.data, list, {
    toText: (script) => `${script.name} ${script.description ?? ""}`,
    sortValues: {
      name: (script) => script.name,
      nextRunAt: (script) => script.nextRunAt,
      lastRunAt: (script) => script.lastRun?.createdAt ?? null,
    },
  });
  const openNew = () => void router.push(toPath("/scripts/new"));
  useCommands(offReason ? [] : [{ id: "script-new", label: "New script", key: "c", group: "here", run: openNew }]);
  if (offReason)
    return (
      <Screen title="Scripts">
        <PageHeader title="Scripts" />
        <NotAllowed className="max-w-xl">{offReason}</NotAllowed>
      </Screen>
    );
  const toHref = (script: Script) => toPath(`/scripts/${script.id}`);
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={openNew}>
      New script
    </Button>
  );
  return (
    <Screen title="Scripts" isFlush>
      <ListTop
        title="Scripts"
        lede="Small programs for what is always the same. They reach this workspace and nothing else."
        list={list}
        searchLabel="Search scripts"
        actions={add}
      />
      <ServiceNote className="mx-6 mt-1 mb-3 max-md:mx-4" />
      <DataTable
        id="scripts"
        label="Scripts"
        noun={NOUN}
        columns={createColumns(toHref)}
        list={list}
        rows={rows}
        total={total}
        query={scripts}
        rowId={(script) => script.id}
        rowName={(script) => script.name}
        onOpen={(script) => void router.push(toHref(script))}
        phoneRow={(script) => (
          <div className="flex items-center gap-3">
            <div className="min-w-0 flex-1">
              <b className="block truncate">{script.name}</b>
              <span className="block truncate text-sm text-muted-foreground">
                {script.nextRunAt && "Next run: "}
                <NextRun script={script} />
              </span>
            </div>
            {script.lastRun && <RunStatus status={script.lastRun.status} />}
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="script" total={scripts.data?.length} />}
        empty={
          <>
            <EmptyState icon={SquareTerminal} title="No scripts yet" actions={add} className="pb-6">
              A script goes through people, tags them, notes what happened, and drafts campaigns; by hand or on a
              schedule. It never sends anything.
            </EmptyState>
            <ExampleList />
          </>
        }
      />
    </Screen>
  );
}

const createColumns = (toHref: (script: Script) => string): DataColumn<Script>[] => [
  {
    id: "name",
    label: "Name",
    sort: "name",
    isFixed: true,
    width: "30%",
    cell: (script) => (
      <Link
        href={toHref(script)}
        className="block truncate rounded-sm font-semibold hover:underline"
        title={script.name}
      >
        {script.name}
      </Link>
    ),
  },
  {
    id: "description",
    label: "What it does",
    cell: (script) =>
      script.description ? (
        <span className="block truncate text-muted-foreground" title={script.description}>
          {script.description}
        </span>
      ) : (
        <EmptyValue />
      ),
  },
  {
    id: "last",
    label: "Last run",
    width: "150px",
    cell: ({ lastRun }) => (lastRun ? <RunStatus status={lastRun.status} isBare /> : <EmptyValue />),
  },
  {
    id: "lastRunAt",
    label: "When",
    sort: "lastRunAt",
    width: "150px",
    cell: ({ lastRun }) =>
      lastRun ? (
        <RelativeTime at={lastRun.createdAt} isFocusable={false} className="text-muted-foreground" />
      ) : (
        <EmptyValue />
      ),
  },
  {
    id: "nextRunAt",
    label: "Next run",
    sort: "nextRunAt",
    width: "170px",
    cell: (script) => <NextRun script={script} />,
  },
];

function NextRun({ script }: { script: Script }) {
  if (script.nextRunAt) return <RelativeTime at={script.nextRunAt} isFocusable={false} />;
  return <span className="text-muted-foreground">{script.cronSchedule ? "Schedule is off" : "By hand"}</span>;
}
