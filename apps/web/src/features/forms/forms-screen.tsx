import type { Form } from "@hustings/contracts/forms";
import { CopyField } from "@hustings/ui/copy-button";
import { formatCount } from "@hustings/ui/count";
import { EmptyState } from "@hustings/ui/empty-state";
import { NotAllowed } from "@hustings/ui/not-allowed";
import { RelativeTime } from "@hustings/ui/time";
import { ClipboardList } from "lucide-react";
import { useRouter } from "next/router";
import { useClientList } from "~/client/client-list";
import { useListState } from "~/client/list-state";
import { trpc } from "~/client/trpc";
import { useSession, useWorkspacePath } from "~/client/workspace";
import type { DataColumn } from "~/components/data-table/column";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { Link } from "~/components/link";
import { SearchEmpty } from "~/components/search-empty";
import { SettingsScreen } from "~/components/settings-screen";

/** More than any installation has; the list is searched and sorted here. */
const ALL_FORMS = 10_000;
const NOUN = { one: "form", many: "forms" };

/** Forms that people have filled in, each with the way to say where its answers go. For global admins. */
export function FormsScreen() {
  const router = useRouter();
  const { isGlobalAdmin } = useSession();
  const toPath = useWorkspacePath();
  const list = useListState({ sorts: ["lastReceivedAt", "name", "submissions"], defaultOrder: "desc" });
  const forms = trpc.forms.list.useQuery(
    { limit: ALL_FORMS },
    { placeholderData: (before) => before, enabled: isGlobalAdmin },
  );
  const { rows, total } = useClientList(forms.data, list, {
    toText: (form) => `${form.name} ${form.externalId}`,
    sortValues: {
      lastReceivedAt: (form) => form.lastReceivedAt,
      name: (form) => form.name,
      submissions: (form) => form.submissions,
    },
  });
  if (!isGlobalAdmin)
    return (
      <SettingsScreen title="Forms">
        <NotAllowed>Global admins say where the answers of forms go.</NotAllowed>
      </SettingsScreen>
    );
  const toHref = (form: Form) => toPath(`/settings/forms/${form.id}`);
  return (
    <SettingsScreen title="Forms" isFlush>
      <ListTop
        title="Forms"
        lede="Tally forms that people have filled in. Who fills one in becomes a contact of the global workspace."
        list={list}
        searchLabel="Search forms"
      />
      <DataTable
        id="forms"
        label="Forms"
        noun={NOUN}
        columns={createColumns(toHref)}
        list={list}
        rows={rows}
        total={total}
        query={forms}
        rowId={(form) => form.id}
        rowName={(form) => form.name}
        onOpen={(form) => void router.push(toHref(form))}
        phoneRow={(form) => (
          <div className="min-w-0">
            <b className="block truncate">{form.name}</b>
            <span className="block truncate text-sm text-muted-foreground">
              {formatCount(form.submissions)} used, last{" "}
              <RelativeTime at={form.lastReceivedAt} isInSentence isFocusable={false} />
            </span>
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="form" total={forms.data?.length} />}
        empty={
          <EmptyState icon={ClipboardList} title="Nobody has filled in a form yet">
            <Connecting />
          </EmptyState>
        }
      />
    </SettingsScreen>
  );
}

/** How a form of Tally finds the way here. */
function Connecting() {
  return (
    <span className="grid gap-3 text-left">
      <span>
        In Tally, give the form a webhook to this address, with a signing secret. The operator of this server sets the
        same secret as TALLY_WEBHOOK_SIGNING_SECRET. The form stands here once somebody has filled it in.
      </span>
      <CopyField text={`${window.location.origin}/api/webhooks/tally`} label="Address for Tally" />
    </span>
  );
}

const createColumns = (toHref: (form: Form) => string): DataColumn<Form>[] => [
  {
    id: "name",
    label: "Form",
    sort: "name",
    isFixed: true,
    cell: (form) => (
      <Link href={toHref(form)} className="block truncate rounded-sm font-semibold hover:underline" title={form.name}>
        {form.name}
      </Link>
    ),
  },
  {
    id: "isMapped",
    label: "Where answers go",
    width: "200px",
    cell: ({ isMapped }) => (isMapped ? "As somebody said" : <span className="text-muted-foreground">Guessed</span>),
  },
  {
    id: "submissions",
    label: "Used",
    sort: "submissions",
    isNumeric: true,
    width: "120px",
    cell: ({ submissions }) => formatCount(submissions),
  },
  {
    id: "externalId",
    label: "At Tally",
    width: "140px",
    isWideOnly: true,
    cell: ({ externalId }) => (
      <span className="block truncate font-mono text-sm text-muted-foreground">{externalId}</span>
    ),
  },
  {
    id: "lastReceivedAt",
    label: "Last",
    sort: "lastReceivedAt",
    width: "150px",
    cell: ({ lastReceivedAt }) => (
      <RelativeTime at={lastReceivedAt} isFocusable={false} className="text-muted-foreground" />
    ),
  },
];
