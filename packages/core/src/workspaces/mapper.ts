import type { Role } from "@hustings/contracts/roles";
import type { Workspace } from "@hustings/contracts/workspaces";
import type { WorkspaceModel } from "@hustings/db/types";

/** @param role The caller's effective role in it. */
export const toWorkspace = (row: WorkspaceModel, role: Role): Workspace => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  isGlobal: row.isGlobal,
  role,
  senderName: row.senderName,
  senderEmail: row.senderEmail,
  replyTo: row.replyTo,
  timeZone: row.timeZone,
  postalAddress: row.postalAddress,
  scriptsMaySend: row.scriptsMaySend,
  createdAt: row.createdAt.toISOString(),
});
