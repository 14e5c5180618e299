import type { Db } from "@hustings/db/client";
import type { WorkspaceContext } from "../context";
import { type KnownPerson, type Outcome, type PlannedRow, planRows } from "./plan-rows";
import type { CellProblem, ReadRow } from "./read-row";
import { MAX_IMPORTED_TAGS, resolveTags } from "./resolve-tags";
import type { ImportTargets } from "./targets";
import { findKnownPeople, writePlan } from "./write-rows";

export type NumberedRow = { line: number; read: ReadRow };
export type BadRow = { line: number; problems: CellProblem[] };

/** `created + updated + skipped + bad.length` is the number of rows; `unchanged` is a part of `updated`. */
export type RowCounts = { created: number; updated: number; unchanged: number; skipped: number };
export type AppliedRows = RowCounts & { bad: BadRow[]; outcomes: Outcome[] };

export type ApplyOptions = {
  targets: ImportTargets;
  skipDuplicates: boolean;
  /** Set for a dry run: where it keeps what it would have made. Nothing else is written. */
  rehearsal?: Rehearsal;
};

/** What a dry run remembers of addresses from batch to batch. */
export type Rehearsal = {
  recall: (tx: Db, emails: readonly string[]) => Promise<Map<string, KnownPerson>>;
  keep: (tx: Db, people: ReadonlyMap<string, KnownPerson>) => Promise<void>;
};

/**
 * Brings a batch of rows in, in its transaction: one bad row never stops the others. Set-based; about ten statements,
 * whatever the number of rows.
 *
 * @throws AddressTakenError when somebody made one of these people at the same time: roll back and try again.
 */
export async function applyRows(
  tx: Db,
  ctx: WorkspaceContext,
  rows: readonly NumberedRow[],
  options: Omit<ApplyOptions, "targets"> & { targets: Pick<ImportTargets, "storedKeys"> },
): Promise<AppliedRows> {
  const { targets, skipDuplicates, rehearsal } = options;
  const bad: BadRow[] = [];
  const planned: PlannedRow[] = [];
  const names = new Set(rows.flatMap(({ read }) => (read.kind === "person" ? read.person.tags : [])));
  const tagIds = await resolveTags(tx, ctx, names, rehearsal !== undefined);
  for (const { line, read } of rows) {
    if (read.kind === "bad") bad.push({ line, problems: read.problems });
    if (read.kind !== "person") continue;
    const refused = read.person.tags.find((name) => !tagIds.has(name));
    if (refused === undefined)
      planned.push({
        line,
        person: read.person,
        tagIds: [...new Set(read.person.tags.map((name) => tagIds.get(name) as string))],
      });
    else
      bad.push({
        line,
        problems: [
          {
            column: "tags",
            value: refused,
            message: `would be tag number ${MAX_IMPORTED_TAGS + 1} or more: too many for one workspace`,
          },
        ],
      });
  }
  const emails = [...new Set(planned.flatMap(({ person }) => person.email ?? []))];
  const known = await findKnownPeople(tx, ctx, emails, targets.storedKeys);
  if (rehearsal) for (const [email, person] of await rehearsal.recall(tx, emails)) known.set(email, person);
  const plan = planRows(planned, known, {
    skipDuplicates,
    isShared: (key) => key.startsWith("c:") || key.startsWith("g:"),
  });
  if (rehearsal) await rehearsal.keep(tx, plan.people);
  else await writePlan(tx, ctx, plan);
  const empty = rows.filter(({ read }) => read.kind === "empty").length;
  return { ...count(plan.outcomes, empty), bad, outcomes: plan.outcomes };
}

function count(outcomes: readonly Outcome[], empty: number): RowCounts {
  const counts = { created: 0, updated: 0, unchanged: 0, skipped: empty };
  for (const { kind } of outcomes) {
    counts[kind]++;
    if (kind === "unchanged") counts.updated++;
  }
  return counts;
}
