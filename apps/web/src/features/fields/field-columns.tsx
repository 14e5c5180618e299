import type { FieldDefinition } from "@hustings/contracts/fields";
import { IconButton } from "@hustings/ui/button";
import { RelativeTime } from "@hustings/ui/time";
import { Pencil, Trash2 } from "lucide-react";
import type { DataColumn } from "~/components/data-table/column";
import { SCOPE_WORDS } from "./field-scope";
import { FIELD_TYPE_WORDS } from "./field-value";

export type FieldActions = {
  offReasonOf: (field: FieldDefinition) => string | null;
  onEdit: (field: FieldDefinition) => void;
  onDelete: (field: FieldDefinition) => void;
};

export function createFieldColumns({ offReasonOf, onEdit, onDelete }: FieldActions): DataColumn<FieldDefinition>[] {
  return [
    {
      id: "label",
      label: "Name",
      sort: "label",
      isFixed: true,
      cell: (field) => <b title={field.label}>{field.label}</b>,
    },
    {
      id: "name",
      label: "Key",
      sort: "name",
      width: "22%",
      cell: (field) => (
        <code className="font-mono text-sm" title={field.name}>
          {field.name}
        </code>
      ),
    },
    {
      id: "fieldType",
      label: "Holds",
      sort: "fieldType",
      width: "160px",
      cell: (field) => FIELD_TYPE_WORDS[field.fieldType],
    },
    { id: "scope", label: "Seen by", sort: "scope", width: "140px", cell: (field) => SCOPE_WORDS[field.scope] },
    {
      id: "sortOrder",
      label: "Place",
      sort: "sortOrder",
      isNumeric: true,
      width: "90px",
      cell: (field) => field.sortOrder,
    },
    {
      id: "createdAt",
      label: "Added",
      sort: "createdAt",
      width: "130px",
      cell: (field) => <RelativeTime at={field.createdAt} isFocusable={false} className="text-muted-foreground" />,
    },
    {
      id: "actions",
      label: "Change",
      isLabelHidden: true,
      isFixed: true,
      width: "112px",
      cell: (field) => (
        <span className="flex justify-end gap-1">
          <IconButton
            size="sm"
            label={`Edit ${field.label}`}
            icon={<Pencil aria-hidden className="size-3.5" />}
            offReason={offReasonOf(field)}
            onClick={() => onEdit(field)}
          />
          <IconButton
            size="sm"
            label={`Delete ${field.label}`}
            icon={<Trash2 aria-hidden className="size-3.5" />}
            offReason={offReasonOf(field)}
            onClick={() => onDelete(field)}
          />
        </span>
      ),
    },
  ];
}
