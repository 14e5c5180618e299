import type { Category } from "@hustings/contracts/categories";
import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { EmptyValue } from "@hustings/ui/table";
import { RelativeTime } from "@hustings/ui/time";
import { BellOff, Plus } from "lucide-react";
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

const CategoryForm = dynamic(() => import("./category-form").then((module) => module.CategoryForm), { ssr: false });
const DeleteCategoryDialog = dynamic(
  () => import("./delete-category-dialog").then((module) => module.DeleteCategoryDialog),
  { ssr: false },
);

/** More than any workspace has; the list is searched and sorted here. */
const ALL_CATEGORIES = 10_000;
const NOUN = { one: "category", many: "categories" };

/** The kinds of mail that a person can say no to, one by one. */
export function CategoriesScreen() {
  const list = useListState({ sorts: ["name", "createdAt"] });
  const categories = trpc.categories.list.useQuery({ limit: ALL_CATEGORIES }, { placeholderData: (before) => before });
  const { rows, total } = useClientList(categories.data, list, {
    toText: (category) => `${category.name} ${category.description ?? ""}`,
    sortValues: { name: (category) => category.name, createdAt: (category) => category.createdAt },
  });
  const offReason = useNotAllowedReason("admin", "change categories");
  const dialogs = useRecordDialogs<Category>();
  useCommands(
    offReason ? [] : [{ id: "category-new", label: "Add a category", key: "c", group: "here", run: dialogs.openNew }],
  );
  const actionsOf = (category: Category) => (
    <RowActions
      name={category.name}
      offReason={offReason}
      onEdit={() => dialogs.openEdit(category)}
      onRemove={() => dialogs.openRemoval(category)}
    />
  );
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} offReason={offReason} onClick={dialogs.openNew}>
      Add a category
    </Button>
  );
  return (
    <SettingsScreen title="Categories" isFlush>
      <ListTop
        title="Categories"
        lede="Kinds of mail. People can say no to one and still get the others."
        list={list}
        searchLabel="Search categories"
        actions={add}
      />
      <DataTable
        id="categories"
        label="Categories"
        noun={NOUN}
        columns={[
          ...COLUMNS,
          { id: "actions", label: "Change", isLabelHidden: true, isFixed: true, width: "112px", cell: actionsOf },
        ]}
        list={list}
        rows={rows}
        total={total}
        query={categories}
        rowId={(category) => category.id}
        rowName={(category) => category.name}
        onOpen={offReason ? undefined : dialogs.openEdit}
        rowCommands={offReason ? [] : [{ key: "e", label: "Edit the category", run: dialogs.openEdit }]}
        phoneRow={(category) => (
          <div className="flex items-center gap-3">
            <div className="min-w-0 flex-1">
              <b className="block truncate">{category.name}</b>
              {category.description && (
                <span className="block truncate text-sm text-muted-foreground">{category.description}</span>
              )}
            </div>
            {actionsOf(category)}
          </div>
        )}
        isFiltered={list.search !== ""}
        filteredEmpty={<SearchEmpty list={list} noun="category" total={categories.data?.length} />}
        empty={
          <EmptyState icon={BellOff} title="No categories yet" actions={add}>
            Newsletter, action alerts, events: a campaign names one, and its unsubscribe page offers to stop only that.
          </EmptyState>
        }
      />
      {dialogs.form && (
        <CategoryForm
          key={dialogs.form.row?.id ?? "new"}
          category={dialogs.form.row}
          isOpen={dialogs.form.isOpen}
          onClose={dialogs.close}
        />
      )}
      {dialogs.removal && (
        <DeleteCategoryDialog category={dialogs.removal.row} isOpen={dialogs.removal.isOpen} onClose={dialogs.close} />
      )}
    </SettingsScreen>
  );
}

const COLUMNS: DataColumn<Category>[] = [
  {
    id: "name",
    label: "Name",
    sort: "name",
    isFixed: true,
    width: "30%",
    cell: (category) => <b className="block truncate">{category.name}</b>,
  },
  {
    id: "description",
    label: "What it is",
    cell: (category) =>
      category.description ? (
        <span className="block truncate" title={category.description}>
          {category.description}
        </span>
      ) : (
        <EmptyValue />
      ),
  },
  {
    id: "createdAt",
    label: "Added",
    sort: "createdAt",
    width: "150px",
    cell: (category) => <RelativeTime at={category.createdAt} isFocusable={false} className="text-muted-foreground" />,
  },
];
