import { useState } from "react";

type Dialogs<Row> = {
  form: { row: Row | null; isOpen: boolean } | null;
  removal: { row: Row; isOpen: boolean } | null;
};

/** Which dialog stands open for which row. A closed one stays mounted, so that it can fade and its code stays loaded. */
export function useRecordDialogs<Row>() {
  const [dialogs, setDialogs] = useState<Dialogs<Row>>({ form: null, removal: null });
  return {
    ...dialogs,
    openNew: () => setDialogs((now) => ({ ...now, form: { row: null, isOpen: true } })),
    openEdit: (row: Row) => setDialogs((now) => ({ ...now, form: { row, isOpen: true } })),
    openRemoval: (row: Row) => setDialogs((now) => ({ ...now, removal: { row, isOpen: true } })),
    close: () =>
      setDialogs((now) => ({
        form: now.form && { ...now.form, isOpen: false },
        removal: now.removal && { ...now.removal, isOpen: false },
      })),
  };
}
