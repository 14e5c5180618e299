import type { ExportContactsInput } from "@hustings/contracts/contacts";
import { formatCountOf } from "@hustings/ui/count";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { useState } from "react";
import { downloadFile } from "~/client/raw-call";

/** As many as an address can name. */
export const MAX_EXPORTED_IDS = 200;

/** Saves everyone whom the list shows, on every page and in its order, as a file; or of those only the ones named. */
export function useExport({ search, tagId, segmentId, filter, sortBy, sortOrder }: ExportContactsInput) {
  const [isBusy, setBusy] = useState(false);
  const run = async (ids: readonly string[] = []) => {
    setBusy(true);
    const given = Object.entries({ search, tagId, segmentId, filter, sortBy, sortOrder, ids: ids.join(",") }).filter(
      ([, value]) => value,
    );
    const error = await downloadFile(
      `/api/contacts/export?${new URLSearchParams(given as [string, string][])}`,
      "contacts.csv",
    );
    setBusy(false);
    if (error) notifyFailed(`The export did not work. ${error.message}`, { onRetry: () => void run(ids) });
    else
      notifyDone(
        ids.length > 0
          ? `Saved ${formatCountOf(ids.length, "person", "people")} as a file`
          : "Saved the list as a file",
      );
  };
  return { isBusy, runAll: () => void run(), runSome: (ids: readonly string[]) => void run(ids) };
}
