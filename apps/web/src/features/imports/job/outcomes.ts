import type { ImportJob } from "@hustings/contracts/imports";

/** `created + updated + nothingNew + errors = processed`. */
export type Outcomes = { created: number; updated: number; nothingNew: number; errors: number };

/** Rows by what became of them. The API counts people without anything new among those updated; here they stand apart. */
export const countOutcomes = ({
  created,
  updated,
  unchanged,
  skipped,
  errorCount,
}: Pick<ImportJob, "created" | "updated" | "unchanged" | "skipped" | "errorCount">): Outcomes => ({
  created,
  updated: updated - unchanged,
  nothingNew: unchanged + skipped,
  errors: errorCount,
});
