import type { FieldDefinition } from "@hustings/contracts/fields";
import { useState } from "react";

type Dialogs = {
  form: { field: FieldDefinition | null; isOpen: boolean } | null;
  deletion: { field: FieldDefinition; isOpen: boolean } | null;
};

/** Which dialog stands open for which field. A closed one stays mounted, so that it can fade and its code stays loaded. */
export function useFieldDialogs() {
  const [dialogs, setDialogs] = useState<Dialogs>({ form: null, deletion: null });
  return {
    ...dialogs,
    openNew: () => setDialogs((now) => ({ ...now, form: { field: null, isOpen: true } })),
    openEdit: (field: FieldDefinition) => setDialogs((now) => ({ ...now, form: { field, isOpen: true } })),
    openDelete: (field: FieldDefinition) => setDialogs((now) => ({ ...now, deletion: { field, isOpen: true } })),
    close: () =>
      setDialogs((now) => ({
        form: now.form && { ...now.form, isOpen: false },
        deletion: now.deletion && { ...now.deletion, isOpen: false },
      })),
  };
}
