import type { Tag } from "@hustings/contracts/tags";
import { IconButton } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { TagSwatch } from "@hustings/ui/tag";
import { Trash2 } from "lucide-react";

/** A tag on a phone: press to edit, bin to delete. */
export function TagPhoneRow({
  tag,
  offReason,
  onDelete,
}: {
  tag: Tag;
  offReason: string | null;
  onDelete: (tag: Tag) => void;
}) {
  return (
    <div className="flex items-center gap-3">
      <TagSwatch color={tag.color} className="size-2.5" />
      <div className="min-w-0 flex-1">
        <b className="block truncate">{tag.name}</b>
        {tag.contactCount !== undefined && (
          <span className="text-sm text-muted-foreground">{formatCountOf(tag.contactCount, "person", "people")}</span>
        )}
      </div>
      <IconButton
        label={`Delete ${tag.name}`}
        icon={<Trash2 aria-hidden />}
        offReason={offReason}
        onClick={() => onDelete(tag)}
      />
    </div>
  );
}
