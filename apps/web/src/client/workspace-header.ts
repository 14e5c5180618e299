let currentId: string | null = null;

/** Names the workspace of every call from now on; the provider of the workspace sets it before its children ask anything. */
export function setWorkspaceHeader(workspaceId: string | null): void {
  currentId = workspaceId;
}

/** For tRPC and for the streams and forms beside it (`fetch("/api/contacts/export", { headers: workspaceHeaders() })`). */
export function workspaceHeaders(): Record<string, string> {
  return currentId ? { "x-workspace-id": currentId } : {};
}
