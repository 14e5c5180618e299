import type { ImportContactsInput, ImportResult } from "@hustings/contracts/imports";
import { inTransaction } from "@hustings/db/client";
import { recordChange } from "../audit/record-change";
import type { WorkspaceContext } from "../context";
import { fieldCatalog } from "../fields/catalog";
import { type AppliedRows, applyRows, type NumberedRow } from "./apply-rows";
import { unguardFormula } from "./formula-guard";
import { createRowReader } from "./read-row";
import { retryBatch } from "./retry-batch";
import { resolveTargets } from "./targets";

/** Rows per set of statements: large enough for speed, small enough that a parameter stays within a few megabytes. */
const BATCH_SIZE = 2_500;
const TRANSACTION_MS = 120_000;

/**
 * Brings the rows of one call in, all in one transaction: new people are made, known ones updated by the cells that say
 * something, or skipped. A bad row is named with its number from 1 and stops no other. Never re-subscribes anyone.
 * Cells come from a CSV: what our export did against formulas is undone.
 *
 * @throws DomainError `invalid` for constant values that do not fit.
 */
export async function importContacts(ctx: WorkspaceContext, input: ImportContactsInput): Promise<ImportResult> {
  const targets = resolveTargets(await fieldCatalog(ctx), { ...input, mapping: Object.entries(input.mapping) });
  const readRow = createRowReader(targets);
  const rows = input.rows.map((cells, index): NumberedRow => {
    const cellAt = (column: number) => {
      const name = targets.columns[column]?.name ?? "";
      return Object.hasOwn(cells, name) ? unguardFormula(cells[name] as string) : undefined;
    };
    return { line: index + 1, read: readRow(cellAt) };
  });
  const batches = Array.from({ length: Math.ceil(rows.length / BATCH_SIZE) }, (_, index) =>
    rows.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
  return retryBatch(() =>
    inTransaction(
      ctx.db,
      async (tx) => {
        const applied: AppliedRows[] = [];
        for (const batch of batches)
          applied.push(await applyRows(tx, ctx, batch, { targets, skipDuplicates: input.skipDuplicates }));
        const result = toResult(rows.length, applied);
        const { errors, ...counts } = result;
        const details = { ...counts, errors: errors.length };
        if (counts.created + counts.updated > 0)
          await recordChange(tx, ctx, { action: "contacts.import", targetType: "import", details });
        return result;
      },
      TRANSACTION_MS,
    ),
  );
}

function toResult(total: number, applied: readonly AppliedRows[]): ImportResult {
  const sum = (key: "created" | "updated" | "unchanged" | "skipped") =>
    applied.reduce((all, each) => all + each[key], 0);
  const errors = applied
    .flatMap(({ bad }) => bad)
    .map(({ line, problems }) => ({
      row: line,
      error: problems.map(({ column, message }) => `${column}: ${message}`).join("; "),
    }));
  return {
    total,
    created: sum("created"),
    updated: sum("updated"),
    unchanged: sum("unchanged"),
    skipped: sum("skipped"),
    errors,
  };
}
