import { setTimeout as delay } from "node:timers/promises";
import type { AutomationCause } from "@hustings/contracts/automations";
import { inTransaction } from "@hustings/db/client";
import type { CoreContext, WorkspaceContext } from "../context";
import { DomainError } from "../errors";
import { openWorkspaceAsSystem } from "../workspaces/access";
import { readActiveRules, recordFirings } from "./active-rules";
import { applyRules } from "./apply-rules";

/** Changes looked at in one transaction: people whom a rule changes are locked for well under a second. */
const CHUNK_SIZE = 1_000;
const TRANSACTION_MS = 60_000;
/**
 * While a file is being imported, a chunk is followed by a rest of so many times its own length: what changes people must
 * not be slowed by what looks at them.
 */
const REST_WHILE_IMPORTING = 4;

type ChangeRow = { id: bigint; contactId: string; round: number; cause: AutomationCause };
type Drained = { changes: number; applied: number; last: bigint | null };

/**
 * Applies a workspace's active rules to the people who were added or changed, for about `budgetMs` or until nobody is
 * left. A chunk's changes go in the transaction that deals with them, so it may be killed and called again at any
 * moment, also several times at once.
 *
 * @returns `isDone`: nobody was left.
 */
export async function drainContactChanges(
  ctx: CoreContext,
  { workspaceId, budgetMs }: { workspaceId: string; budgetMs: number },
): Promise<{ isDone: boolean; looked: number; applied: number }> {
  const workspace = await openWorkspaceAsSystem(ctx, workspaceId, "automations").catch(nullWhenGone);
  if (!workspace) {
    await ctx.db.contactChange.deleteMany({ where: { workspaceId } });
    return { isDone: true, looked: 0, applied: 0 };
  }
  const deadline = performance.now() + budgetMs;
  const sum = { looked: 0, applied: 0 };
  // From where the chunk before ended, over rows that are gone; at the end once more for what was written late.
  for (let after: bigint | null = null; ; ) {
    const started = performance.now();
    const chunk: Drained = await drainChunk(workspace, after ?? 0n);
    sum.looked += chunk.changes;
    sum.applied += chunk.applied;
    if (chunk.last === null && after === null) return { isDone: true, ...sum };
    if (performance.now() >= deadline) return { isDone: false, ...sum };
    if (chunk.changes > 0 && (await isImporting(ctx)))
      await delay((performance.now() - started) * REST_WHILE_IMPORTING);
    after = chunk.last;
  }
}

async function isImporting(ctx: CoreContext): Promise<boolean> {
  return (await ctx.db.import.findFirst({ where: { status: "running" }, select: { id: true } })) !== null;
}

function nullWhenGone(thrown: unknown): null {
  if (thrown instanceof DomainError && thrown.kind === "not_found") return null;
  throw thrown;
}

async function drainChunk(ctx: WorkspaceContext, after: bigint): Promise<Drained> {
  return inTransaction(
    ctx.db,
    async (tx) => {
      // An array, not `in`: the planner, which knows little of a queue, ran the locking part anew for each row (75 s).
      const rows = await tx.$queryRaw<ChangeRow[]>`
        delete from contact_changes where id = any(array(
          select id from contact_changes where workspace_id = ${ctx.workspaceId}::uuid and id > ${after}
          order by id limit ${CHUNK_SIZE} for update skip locked))
        returning id, contact_id as "contactId", round, cause`;
      if (rows.length === 0) return { changes: 0, applied: 0, last: null };
      const scoped = { ...ctx, db: tx };
      const rules = await readActiveRules(tx, scoped);
      let applied = 0;
      for (const [round, causes] of byRound(rows)) {
        const result = await applyRules(tx, scoped, rules, { round, causes });
        await recordFirings(tx, scoped, rules, round, result);
        for (const count of result.changed.values()) applied += count;
      }
      let last = after;
      for (const { id } of rows) if (id > last) last = id;
      return { changes: rows.length, applied, last };
    },
    TRANSACTION_MS,
  );
}

/**
 * Each person once, with the cause that is theirs in the lowest round: what somebody else changed has all its rounds
 * before it, whatever rules were about to do.
 */
function byRound(rows: readonly ChangeRow[]): Map<number, Map<string, AutomationCause>> {
  const sorted = [...rows].sort((a, b) => a.round - b.round || (a.id < b.id ? -1 : 1));
  const rounds = new Map<number, Map<string, AutomationCause>>();
  const seen = new Set<string>();
  for (const { contactId, round, cause } of sorted) {
    if (seen.has(contactId)) continue;
    seen.add(contactId);
    const causes = rounds.get(round) ?? new Map<string, AutomationCause>();
    rounds.set(round, causes.set(contactId, cause));
  }
  return rounds;
}
