import { Button } from "@hustings/ui/button";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/router";
import { useEverybody } from "~/client/everybody";
import { useListState } from "~/client/list-state";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { ColumnChooser } from "~/components/data-table/column-chooser";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { Screen } from "~/components/frame/screen";
import { contactName } from "../contact-name";
import { ALL_FIELDS } from "../list-limits";
import { AddingActions, useAdding } from "./adding";
import { BulkActions } from "./bulk-actions";
import { createContactColumns } from "./contact-columns";
import { ContactCount } from "./contact-count";
import { ContactPhoneRow } from "./contact-phone-row";
import { FilteredNobody, NobodyYet } from "./empty-lists";
import { FilterChips } from "./filter-chips";
import { SaveAsSegment } from "./save-as-segment";
import { useCanBeEmailed } from "./use-can-be-emailed";
import { useContactFilters } from "./use-contact-filters";
import { useExport } from "./use-export";
import { useOverviews } from "./use-overviews";

// Forms bring Zod and react-hook-form: loaded when the first one opens.
const AddContactDialog = dynamic(() => import("./add-contact-dialog").then((module) => module.AddContactDialog), {
  ssr: false,
});

const TABLE_ID = "contacts";
const NOUN = { one: "person", many: "people" };

/** Everybody this workspace knows: found, narrowed, chosen, tagged, brought out. */
export function ContactsScreen() {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const list = useListState({
    sorts: ["createdAt", "updatedAt", "email", "firstName", "lastName"],
    defaultOrder: "desc",
  });
  const filter = useContactFilters();
  const isFiltered = filter.isFiltered || list.search !== "";
  const contacts = trpc.contacts.list.useQuery(
    { ...list.input, ...filter.filters },
    { placeholderData: (before) => before },
  );
  const everybody = useEverybody();
  const fields = trpc.fields.list.useQuery({ limit: ALL_FIELDS });
  const findOverview = useOverviews(contacts.data?.contacts);
  const toHref = ({ id }: { id: string }) => toPath(`/contacts/${id}`);
  const columns = createContactColumns({ toHref, findOverview, fields: fields.data ?? [] });
  const adding = useAdding();
  const exporting = useExport({ ...list.input, ...filter.filters });
  const { total, totalIsEstimate = false } = contacts.data ?? {};
  const match = { ...(list.search ? { search: list.search } : {}), ...filter.filters };
  const canBeEmailed = useCanBeEmailed(match, { total, isFiltered });
  return (
    <Screen title="Contacts" isFlush>
      <ListTop
        title="Contacts"
        list={list}
        searchLabel="Search name or email"
        actions={<AddingActions offReason={adding.offReason} onAdd={adding.open} />}
        filters={<FilterChips control={filter} />}
        tools={
          <>
            {/* A search is no condition of segments. */}
            {!list.search && <SaveAsSegment control={filter} />}
            <Button
              variant="quiet"
              icon={<Download aria-hidden />}
              isBusy={exporting.isBusy}
              onClick={exporting.runAll}
            >
              Export
            </Button>
            <ColumnChooser id={TABLE_ID} columns={columns} />
          </>
        }
        count={
          total === undefined ? null : (
            <ContactCount
              total={total}
              isBound={totalIsEstimate}
              isFiltered={isFiltered}
              everybody={everybody}
              canBeEmailed={canBeEmailed}
            />
          )
        }
      />
      <DataTable
        id={TABLE_ID}
        label="Contacts"
        noun={NOUN}
        columns={columns}
        list={list}
        rows={contacts.data?.contacts}
        total={total}
        isTotalBound={totalIsEstimate}
        query={contacts}
        rowId={(contact) => contact.id}
        rowName={contactName}
        onOpen={(contact) => void router.push(toHref(contact))}
        phoneRow={(contact) => (
          <ContactPhoneRow contact={contact} overview={findOverview(contact)} href={toHref(contact)} />
        )}
        bulkActions={(selection) => (
          <BulkActions
            selection={selection}
            filters={match}
            total={total ?? 0}
            isTotalBound={totalIsEstimate}
            onExport={(ids) => (ids ? exporting.runSome(ids) : exporting.runAll())}
          />
        )}
        filterScope={filter.scope}
        isFiltered={isFiltered}
        filteredEmpty={<FilteredNobody list={list} filter={filter} everybody={everybody} />}
        empty={<NobodyYet actions={<AddingActions offReason={adding.offReason} onAdd={adding.open} isFirst />} />}
      />
      {adding.isWanted && <AddContactDialog isOpen={adding.isOpen} onClose={adding.close} />}
    </Screen>
  );
}
