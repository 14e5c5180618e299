import type { WorkspaceContext } from "../context";
import { DomainError } from "../errors";

/** @throws DomainError `forbidden` when a script asks and its workspace has not allowed scripts to send. */
export async function assertMaySend({ db, principal, workspaceId }: WorkspaceContext): Promise<void> {
  if (principal.via.kind !== "script") return;
  const { scriptsMaySend } = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { scriptsMaySend: true },
  });
  if (!scriptsMaySend)
    throw new DomainError("forbidden", "Scripts may not send campaigns in this workspace. An admin can allow it.");
}
