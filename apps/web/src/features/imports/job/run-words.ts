import type { ImportJob } from "@hustings/contracts/imports";
import { formatCountOf } from "@hustings/ui/count";
import { countOutcomes } from "./outcomes";

const rows = (count: number) => formatCountOf(count, "row");
const people = (count: number) => formatCountOf(count, "person", "people");

/**
 * “2 people and 3 updates”. Several rows of a file may update one person, so that updates are counted by rows, never as
 * people.
 */
export function changeWords(job: ImportJob): string | null {
  const { created, updated } = countOutcomes(job);
  const parts = [created > 0 && people(created), updated > 0 && formatCountOf(updated, "update")];
  return parts.filter(Boolean).join(" and ") || null;
}

/** What stopping leaves behind. */
export function keptWords(job: ImportJob): string {
  const changes = changeWords(job);
  return changes ? `What is in stays: ${changes}.` : "Nothing was saved yet.";
}

/** The page's title: what it does, or what it did. */
export function runTitle(job: ImportJob): string {
  const changes = changeWords(job);
  switch (job.status) {
    case "queued":
    case "running":
      return job.dryRun ? `Trying ${rows(job.total)}` : `Bringing in ${rows(job.total)}`;
    case "completed":
      return job.dryRun ? `This would bring in ${changes ?? "nothing new"}` : `Brought in ${changes ?? "nothing new"}`;
    case "cancelled":
      return job.dryRun ? "The trial was stopped" : `Stopped after ${rows(job.processed)}`;
    case "failed":
      return job.dryRun ? "The trial did not work" : "The import stopped by itself";
  }
}

/** One sentence below it: what is safe, what goes on. */
export function runLede(job: ImportJob): string {
  if (job.status === "queued") return "It waits for its turn. You can close this tab.";
  if (job.status === "running")
    return job.dryRun ? "Nothing is saved by a trial. You can close this tab." : "You can close this tab; it goes on.";
  if (job.dryRun) return "Nothing was saved yet.";
  return job.status === "completed" ? "Every row of the file is accounted for." : keptWords(job);
}

/** “1,902 new + 611 updated + 219 nothing new + 12 not read = 2,744 rows”. */
export function reckon(job: ImportJob): string {
  const { created, updated, nothingNew, errors } = countOutcomes(job);
  const count = (value: number) => new Intl.NumberFormat("en-GB").format(value);
  return `${count(created)} new + ${count(updated)} updated + ${count(nothingNew)} nothing new + ${count(errors)} not read = ${rows(job.processed)}`;
}
