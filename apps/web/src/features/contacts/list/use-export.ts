import type { ExportContactsInput } from "@hustings/contracts/contacts";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { useState } from "react";
import { downloadFile } from "~/client/raw-call";

/** Saves everyone whom the list shows, on every page and in its order, as a file. */
export function useExport({ search, tagId, segmentId, sortBy, sortOrder }: ExportContactsInput) {
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const given = Object.entries({ search, tagId, segmentId, sortBy, sortOrder }).filter(([, value]) => value);
    const error = await downloadFile(
      `/api/contacts/export?${new URLSearchParams(given as [string, string][])}`,
      "contacts.csv",
    );
    setBusy(false);
    if (error) notifyFailed(`The export did not work. ${error.message}`, { onRetry: () => void run() });
    else notifyDone("Saved the list as a file");
  };
  return { isBusy, run: () => void run() };
}
