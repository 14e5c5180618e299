import type { Tag } from "@hustings/contracts/tags";
import { IconButton } from "@hustings/ui/button";
import { formatCount } from "@hustings/ui/count";
import { EmptyValue } from "@hustings/ui/table";
import { TagSwatch } from "@hustings/ui/tag";
import { RelativeTime } from "@hustings/ui/time";
import { Pencil, Trash2 } from "lucide-react";
import type { DataColumn } from "~/components/data-table/column";

export type TagActions = { offReason: string | null; onEdit: (tag: Tag) => void; onDelete: (tag: Tag) => void };

export function createTagColumns({ offReason, onEdit, onDelete }: TagActions): DataColumn<Tag>[] {
  return [
    {
      id: "name",
      label: "Name",
      sort: "name",
      isFixed: true,
      cell: (tag) => (
        <span className="flex items-center gap-2">
          <TagSwatch color={tag.color} className="size-2.5" />
          <b className="truncate">{tag.name}</b>
        </span>
      ),
    },
    {
      id: "contactCount",
      label: "People",
      sort: "contactCount",
      isNumeric: true,
      width: "120px",
      cell: (tag) => (tag.contactCount === undefined ? <EmptyValue /> : formatCount(tag.contactCount)),
    },
    {
      id: "createdAt",
      label: "Added",
      sort: "createdAt",
      width: "150px",
      cell: (tag) => <RelativeTime at={tag.createdAt} isFocusable={false} className="text-muted-foreground" />,
    },
    {
      id: "actions",
      label: "Change",
      isLabelHidden: true,
      isFixed: true,
      width: "112px",
      cell: (tag) => (
        <span className="flex justify-end gap-1">
          <IconButton
            size="sm"
            label={`Edit ${tag.name}`}
            icon={<Pencil aria-hidden className="size-3.5" />}
            offReason={offReason}
            onClick={() => onEdit(tag)}
          />
          <IconButton
            size="sm"
            label={`Delete ${tag.name}`}
            icon={<Trash2 aria-hidden className="size-3.5" />}
            offReason={offReason}
            onClick={() => onDelete(tag)}
          />
        </span>
      ),
    },
  ];
}
