import type { FieldDefinition } from "@hustings/contracts/fields";
import { IconButton } from "@hustings/ui/button";
import { Trash2 } from "lucide-react";
import { SCOPE_WORDS } from "./field-scope";
import { FIELD_TYPE_WORDS } from "./field-value";

type FieldPhoneRowProps = {
  field: FieldDefinition;
  offReason: string | null;
  onDelete: (field: FieldDefinition) => void;
};

/** A field on a phone: press to edit, bin to delete. */
export function FieldPhoneRow({ field, offReason, onDelete }: FieldPhoneRowProps) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <b className="block truncate">{field.label}</b>
        <span className="block truncate text-sm text-muted-foreground">
          {FIELD_TYPE_WORDS[field.fieldType]} · {SCOPE_WORDS[field.scope]}
        </span>
      </div>
      <IconButton
        label={`Delete ${field.label}`}
        icon={<Trash2 aria-hidden />}
        offReason={offReason}
        onClick={() => onDelete(field)}
      />
    </div>
  );
}
