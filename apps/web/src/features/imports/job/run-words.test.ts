import type { ImportJob } from "@hustings/contracts/imports";
import { expect, it } from "vitest";
import { reckon, runLede, runTitle } from "./run-words";

const job = (part: Partial<ImportJob>) =>
  ({
    status: "completed",
    dryRun: true,
    created: 0,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    errorCount: 0,
    ...part,
  }) as ImportJob;

it("counts new people, and rows that update somebody as updates: several may be one person", () => {
  const mixed = { created: 14_143, updated: 2_396, unchanged: 1_297, processed: 16_539 };
  expect(runTitle(job(mixed))).toBe("This would bring in 14,143 people and 1,099 updates");
  expect(reckon(job(mixed))).toBe("14,143 new + 1,099 updated + 1,297 nothing new + 0 not read = 16,539 rows");
  expect(runTitle(job({ created: 1 }))).toBe("This would bring in 1 person");
  expect(runTitle(job({ updated: 2, unchanged: 2 }))).toBe("This would bring in nothing new");
});

it("says what an import that was stopped has left", () => {
  expect(runLede(job({ status: "cancelled", dryRun: false, created: 2, updated: 1 }))).toBe(
    "What is in stays: 2 people and 1 update.",
  );
  expect(runLede(job({ status: "cancelled", dryRun: false }))).toBe("Nothing was saved yet.");
});
