import type { ExportContactsInput } from "@hustings/contracts/contacts";
import { formatCountOf } from "@hustings/ui/count";
import { useDownload } from "~/client/use-download";

/** As many as an address can name. */
export const MAX_EXPORTED_IDS = 200;

/** Saves everyone whom the list shows, on every page and in its order, as a file; or of those only the ones named. */
export function useExport({ search, tagId, segmentId, filter, sortBy, sortOrder }: ExportContactsInput) {
  const { isBusy, download } = useDownload();
  const run = (ids: readonly string[] = []) => {
    const given = Object.entries({ search, tagId, segmentId, filter, sortBy, sortOrder, ids: ids.join(",") }).filter(
      ([, value]) => value,
    );
    const done =
      ids.length > 0 ? `Saved ${formatCountOf(ids.length, "person", "people")} as a file` : "Saved the list as a file";
    void download(`/api/contacts/export?${new URLSearchParams(given as [string, string][])}`, "contacts.csv", done);
  };
  return { isBusy, runAll: () => run(), runSome: (ids: readonly string[]) => run(ids) };
}
