import type { Tag } from "@hustings/contracts/tags";
import { useState } from "react";

type Dialogs = { form: { tag: Tag | null; isOpen: boolean } | null; deletion: { tag: Tag; isOpen: boolean } | null };

/** Which dialog stands open for which tag. A closed one stays mounted, so that it can fade and its code stays loaded. */
export function useTagDialogs() {
  const [dialogs, setDialogs] = useState<Dialogs>({ form: null, deletion: null });
  return {
    ...dialogs,
    openNew: () => setDialogs((now) => ({ ...now, form: { tag: null, isOpen: true } })),
    openEdit: (tag: Tag) => setDialogs((now) => ({ ...now, form: { tag, isOpen: true } })),
    openDelete: (tag: Tag) => setDialogs((now) => ({ ...now, deletion: { tag, isOpen: true } })),
    close: () =>
      setDialogs((now) => ({
        form: now.form && { ...now.form, isOpen: false },
        deletion: now.deletion && { ...now.deletion, isOpen: false },
      })),
  };
}
