import { Button } from "@hustings/ui/button";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { Plus, TextCursorInput } from "lucide-react";
import dynamic from "next/dynamic";
import { useClientList } from "~/client/client-list";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { trpc } from "~/client/trpc";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { SettingsScreen } from "~/components/settings-screen";
import { ALL_FIELDS } from "../contacts/list-limits";
import { createFieldColumns } from "./field-columns";
import { FieldPhoneRow } from "./field-phone-row";
import { SCOPE_WORDS, useFieldOffReason } from "./field-scope";
import { FIELD_TYPE_WORDS } from "./field-value";
import { useFieldDialogs } from "./use-field-dialogs";

// Forms bring Zod and react-hook-form: loaded when the first one opens.
const FieldForm = dynamic(() => import("./field-form").then((module) => module.FieldForm), { ssr: false });
const DeleteFieldDialog = dynamic(() => import("./delete-field-dialog").then((module) => module.DeleteFieldDialog), {
  ssr: false,
});

const NOUN = { one: "field", many: "fields" };

/** What is known about people beyond name and email: list, add, rename, retype, delete. */
export function FieldsScreen() {
  const list = useListState({ sorts: ["sortOrder", "label", "name", "fieldType", "scope", "createdAt"] });
  const fields = trpc.fields.list.useQuery({ limit: ALL_FIELDS }, { placeholderData: (before) => before });
  const { rows, total } = useClientList(fields.data, list, {
    toText: (field) => `${field.label} ${field.name}`,
    sortValues: {
      sortOrder: (field) => field.sortOrder,
      label: (field) => field.label,
      name: (field) => field.name,
      fieldType: (field) => FIELD_TYPE_WORDS[field.fieldType],
      scope: (field) => SCOPE_WORDS[field.scope],
      createdAt: (field) => field.createdAt,
    },
  });
  const offReasonOf = useFieldOffReason();
  const addOff = offReasonOf(null);
  const dialogs = useFieldDialogs();
  useCommands(
    addOff
      ? []
      : [
          {
            id: "field-new",
            label: "Add a field",
            hint: "opens a form",
            icon: TextCursorInput,
            key: "c",
            group: "here",
            isInPalette: true,
            run: dialogs.openNew,
          },
        ],
  );
  const openEdit: typeof dialogs.openEdit = (field) => {
    if (!offReasonOf(field)) dialogs.openEdit(field);
  };
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} offReason={addOff} onClick={dialogs.openNew}>
      Add a field
    </Button>
  );
  return (
    <SettingsScreen title="Fields" isFlush>
      <ListTop
        title="Fields"
        lede="What you know about people beyond name and email. Imports, segments and emails use them."
        list={list}
        searchLabel="Search fields"
        actions={add}
        count={
          fields.data && list.search
            ? `${formatCount(total ?? 0)} of ${formatCountOf(fields.data.length, "field")} match`
            : null
        }
      />
      <DataTable
        id="fields"
        label="Fields"
        noun={NOUN}
        columns={createFieldColumns({ offReasonOf, onEdit: dialogs.openEdit, onDelete: dialogs.openDelete })}
        list={list}
        rows={rows}
        total={total}
        query={fields}
        rowId={(field) => field.id}
        rowName={(field) => field.label}
        onOpen={addOff ? undefined : openEdit}
        rowCommands={addOff ? [] : [{ key: "e", label: "Edit the field", run: openEdit }]}
        phoneRow={(field) => (
          <FieldPhoneRow field={field} offReason={offReasonOf(field)} onDelete={dialogs.openDelete} />
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={
          <FilteredEmptyState
            title={`No field matches “${list.search}”.`}
            actions={
              <Button size="sm" onClick={() => list.setSearchText("")}>
                Clear the search
              </Button>
            }
          >
            Without it there are {formatCount(fields.data?.length ?? 0)}.
          </FilteredEmptyState>
        }
        empty={
          <EmptyState icon={TextCursorInput} title="No fields yet" actions={add}>
            A field keeps one fact about each person: a town, a phone number, how many they can host. An import can make
            them too.
          </EmptyState>
        }
      />
      {dialogs.form && <FieldForm {...dialogs.form} key={dialogs.form.field?.id ?? "new"} onClose={dialogs.close} />}
      {dialogs.deletion && <DeleteFieldDialog {...dialogs.deletion} onClose={dialogs.close} />}
    </SettingsScreen>
  );
}
