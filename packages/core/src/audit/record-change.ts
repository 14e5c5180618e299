import type { Db } from "@hustings/db/client";
import { newId } from "@hustings/db/ids";
import type { Prisma } from "@hustings/db/types";
import type { Principal, WorkspaceContext } from "../context";

export type Change = {
  /** `noun.verb`: `tags.create`. */
  action: string;
  targetType: string;
  targetId?: string | null;
  /** What changed, without secrets and without message bodies. Bulk work: how many, and by which selection. */
  details?: Prisma.InputJsonObject;
};

type Actor = { kind: string; id: string | null; name: string };

/** Who stands in the audit for what a principal does. */
export function actorOf(principal: Principal): Actor {
  switch (principal.via.kind) {
    case "session":
      return { kind: "user", id: principal.userId, name: principal.name };
    case "apiKey":
      return { kind: "apiKey", id: principal.via.apiKeyId, name: principal.name };
    case "script":
      return { kind: "script", id: principal.via.scriptRunId, name: principal.via.name };
    case "anonymous":
      return { kind: "anonymous", id: null, name: principal.name };
    case "system":
      return { kind: "system", id: null, name: principal.via.name };
    case "automation":
      return { kind: "automation", id: principal.via.ruleId, name: principal.name };
  }
}

/**
 * Writes who did what, in the transaction of the change itself (`db`), so that neither stands without the other.
 * Bulk work is one entry.
 */
export async function recordChange(
  db: Db,
  ctx: Pick<WorkspaceContext, "principal"> & { workspaceId?: string | null },
  change: Change,
): Promise<void> {
  await db.auditEntry.create({ data: toEntry(ctx, change) });
}

/** `recordChange` in a transaction that is not Prisma's, for changes of the installation. */
export async function recordChangeIn(
  db: { query: (text: string, values: unknown[]) => Promise<unknown> },
  ctx: Pick<WorkspaceContext, "principal">,
  change: Change,
): Promise<void> {
  const entry = toEntry(ctx, change);
  await db.query(
    `insert into audit_entries (id, actor_kind, actor_id, actor_name, action, target_type, target_id, details)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      entry.id,
      entry.actorKind,
      entry.actorId,
      entry.actorName,
      entry.action,
      entry.targetType,
      entry.targetId,
      JSON.stringify(entry.details),
    ],
  );
}

function toEntry(ctx: Pick<WorkspaceContext, "principal"> & { workspaceId?: string | null }, change: Change) {
  const actor = actorOf(ctx.principal);
  return {
    id: newId(),
    workspaceId: ctx.workspaceId ?? null,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    action: change.action,
    targetType: change.targetType,
    targetId: change.targetId ?? null,
    details: change.details ?? {},
  };
}
