import type { Role } from "@hustings/contracts/roles";
import type { PrincipalContext, WorkspaceContext } from "../context";
import { DomainError, notFound } from "../errors";
import { assertRole, openWorkspace } from "./access";

/**
 * Opens the workspace that stands in a path: `/workspaces/:id/…`. The header says nothing here.
 *
 * @throws DomainError `not_found` without any role in it, as if it did not exist; `forbidden` when the role is too low.
 */
export async function openWorkspaceById(ctx: PrincipalContext, id: string, required: Role): Promise<WorkspaceContext> {
  const workspace = await openOrNotFound(ctx, id, "Workspace");
  assertRole(workspace, required);
  return workspace;
}

/** Opens the workspace of a record. @throws DomainError `not_found`, of the record's noun, without any role there. */
export async function openOrNotFound(
  ctx: PrincipalContext,
  workspaceId: string,
  noun: string,
): Promise<WorkspaceContext> {
  try {
    return await openWorkspace(ctx, workspaceId);
  } catch (error) {
    if (error instanceof DomainError && error.kind === "forbidden") throw notFound(noun);
    throw error;
  }
}
