/** The way to an import. */
export const IMPORT_CRUMBS = [{ label: "Contacts", path: "/contacts" }] as const;
/** The way to a file and to a run. */
export const IMPORT_RUN_CRUMBS = [...IMPORT_CRUMBS, { label: "Import people", path: "/contacts/import" }] as const;

export const IMPORT_STEPS = ["File", "Columns", "Try it first", "Bring them in"] as const;

export const columnsPath = (uploadId: string): string => `/contacts/import/columns/${uploadId}`;
export const runPath = (jobId: string): string => `/contacts/import/${jobId}`;
