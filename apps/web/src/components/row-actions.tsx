import { IconButton } from "@hustings/ui/button";
import { Pencil, Trash2 } from "lucide-react";

/** Edit and remove at the end of a row. Without `onEdit` there is only the bin. */
export function RowActions({
  name,
  offReason,
  removeLabel = `Delete ${name}`,
  onEdit,
  onRemove,
}: {
  name: string;
  offReason: string | null;
  removeLabel?: string;
  onEdit?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
}) {
  return (
    <span className="flex justify-end gap-1">
      {onEdit && (
        <IconButton
          size="sm"
          label={`Edit ${name}`}
          icon={<Pencil aria-hidden className="size-3.5" />}
          offReason={offReason}
          onClick={onEdit}
        />
      )}
      {onRemove && (
        <IconButton
          size="sm"
          label={removeLabel}
          icon={<Trash2 aria-hidden className="size-3.5" />}
          offReason={offReason}
          onClick={onRemove}
        />
      )}
    </span>
  );
}
