import type { ImportJob } from "@hustings/contracts/imports";
import type { ImportModel } from "@hustings/db/types";
import { readActor } from "../audit/stored-actor";
import { readExamples } from "./stored-import";

/** `now` serves the speed of a running import. */
export function toImportJob(row: ImportModel, now: Date): ImportJob {
  const { principal } = readActor(row.actor);
  return {
    jobId: row.id,
    uploadId: row.uploadId,
    fileName: row.fileName,
    status: row.status,
    dryRun: row.dryRun,
    total: Math.max(row.total, row.processed),
    processed: row.processed,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    skipped: row.skipped,
    errorCount: row.errorCount,
    rowsPerSecond: rowsPerSecond(row, now),
    error: row.error,
    examples: readExamples(row.examples),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    createdBy: principal.name,
  };
}

function rowsPerSecond({ startedAt, finishedAt, processed }: ImportModel, now: Date): number | null {
  if (!startedAt || processed === 0) return null;
  const elapsedMs = Math.max((finishedAt ?? now).getTime() - startedAt.getTime(), 1);
  return Math.round((processed * 10_000) / elapsedMs) / 10;
}
