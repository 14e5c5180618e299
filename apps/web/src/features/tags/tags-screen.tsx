import { Button } from "@hustings/ui/button";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { EmptyState, FilteredEmptyState } from "@hustings/ui/empty-state";
import { Plus, Tag as TagIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useClientList } from "~/client/client-list";
import { useCommands } from "~/client/commands";
import { useListState } from "~/client/list-state";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { DataTable } from "~/components/data-table/data-table";
import { ListTop } from "~/components/data-table/list-top";
import { SettingsScreen } from "~/components/settings-screen";
import { createTagColumns } from "./tag-columns";
import { TagPhoneRow } from "./tag-phone-row";
import { useTagDialogs } from "./use-tag-dialogs";

// Forms bring Zod and react-hook-form: loaded when the first one opens.
const TagForm = dynamic(() => import("./tag-form").then((module) => module.TagForm), { ssr: false });
const DeleteTagDialog = dynamic(() => import("./delete-tag-dialog").then((module) => module.DeleteTagDialog), {
  ssr: false,
});

/** More than any workspace has; the list is searched and sorted here. */
const ALL_TAGS = 10_000;
const NOUN = { one: "tag", many: "tags" };

/** The labels of a workspace: list, add, rename, recolour, delete. The model of a settings screen. */
export function TagsScreen() {
  const list = useListState({ sorts: ["name", "contactCount", "createdAt"] });
  const tags = trpc.tags.list.useQuery({ limit: ALL_TAGS }, { placeholderData: (before) => before });
  const { rows, total } = useClientList(tags.data, list, {
    toText: (tag) => tag.name,
    sortValues: { name: (tag) => tag.name, contactCount: (tag) => tag.contactCount, createdAt: (tag) => tag.createdAt },
  });
  const offReason = useNotAllowedReason("member", "change tags");
  const dialogs = useTagDialogs();
  useCommands(
    offReason
      ? []
      : [
          {
            id: "tag-new",
            label: "Add a tag",
            hint: "opens a form",
            icon: TagIcon,
            key: "c",
            group: "here",
            isInPalette: true,
            run: dialogs.openNew,
          },
        ],
  );

  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} offReason={offReason} onClick={dialogs.openNew}>
      Add a tag
    </Button>
  );
  return (
    <SettingsScreen title="Tags" isFlush>
      <ListTop
        title="Tags"
        lede="Short labels for people: what they do, where they came from."
        list={list}
        searchLabel="Search tags"
        actions={add}
        count={
          tags.data && list.search
            ? `${formatCount(total ?? 0)} of ${formatCountOf(tags.data.length, "tag")} match`
            : null
        }
      />
      <DataTable
        id="tags"
        label="Tags"
        noun={NOUN}
        columns={createTagColumns({ offReason, onEdit: dialogs.openEdit, onDelete: dialogs.openDelete })}
        list={list}
        rows={rows}
        total={total}
        query={tags}
        rowId={(tag) => tag.id}
        rowName={(tag) => tag.name}
        onOpen={offReason ? undefined : dialogs.openEdit}
        rowCommands={offReason ? [] : [{ key: "e", label: "Edit the tag", run: dialogs.openEdit }]}
        phoneRow={(tag) => <TagPhoneRow tag={tag} offReason={offReason} onDelete={dialogs.openDelete} />}
        isFiltered={list.search !== ""}
        filteredEmpty={
          <FilteredEmptyState
            title={`No tag matches “${list.search}”.`}
            actions={
              <Button size="sm" onClick={() => list.setSearchText("")}>
                Clear the search
              </Button>
            }
          >
            Without it there are {formatCount(tags.data?.length ?? 0)}.
          </FilteredEmptyState>
        }
        empty={
          <EmptyState icon={TagIcon} title="No tags yet" actions={add}>
            A tag groups people: volunteers, donors, those from the market stall. Imports and forms can set them too.
          </EmptyState>
        }
      />
      {dialogs.form && (
        <TagForm
          key={dialogs.form.tag?.id ?? "new"}
          tag={dialogs.form.tag}
          isOpen={dialogs.form.isOpen}
          onClose={dialogs.close}
        />
      )}
      {dialogs.deletion && (
        <DeleteTagDialog tag={dialogs.deletion.tag} isOpen={dialogs.deletion.isOpen} onClose={dialogs.close} />
      )}
    </SettingsScreen>
  );
}
