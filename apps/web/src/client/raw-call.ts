import { type CallError, readCallError } from "./errors";
import { workspaceHeaders } from "./workspace-header";

/** The failure of an operation beside tRPC, as `readCallError` reads it. */
export class RawCallError extends Error {
  readonly data: { code: string; details: string[]; requestId?: string };

  constructor(status: number, body: unknown) {
    const { error, details, requestId } = (typeof body === "object" && body !== null ? body : {}) as PublicError;
    super(typeof error === "string" ? error : "The server did not take it");
    const isOurs = status >= 500 && status !== 503;
    this.data = {
      code: CODES[status] ?? (isOurs ? "INTERNAL_SERVER_ERROR" : "BAD_REQUEST"),
      details: Array.isArray(details) ? details.map(String) : [],
      ...(requestId ? { requestId } : {}),
    };
  }
}

type PublicError = { error?: unknown; details?: unknown; requestId?: string };

/** Those whose words the dashboard replaces, or acts on. */
const CODES: Record<number, string> = {
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

/**
 * Saves what an operation streams as a file. By `fetch`, not by a link: a link could not name the workspace, and another
 * tab may have chosen another one.
 */
export async function downloadFile(path: string, fallbackName: string): Promise<CallError | null> {
  try {
    const response = await fetch(path, { headers: workspaceHeaders() });
    if (!response.ok) throw new RawCallError(response.status, await response.json().catch(() => null));
    const name = /filename="?([^";]+)"?/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? fallbackName;
    saveBlob(await response.blob(), name);
    return null;
  } catch (thrown) {
    return readCallError(thrown);
  }
}

function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
