import type { ImportUpload } from "@hustings/contracts/imports";
import { RawCallError } from "~/client/raw-call";
import { workspaceHeaders } from "~/client/workspace-header";

const CREATED = 201;

/** Brings a file to the server. By XMLHttpRequest, since `fetch` does not tell how far an upload is. */
export function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<ImportUpload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/contacts/import/uploads");
    for (const [name, value] of Object.entries(workspaceHeaders())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status === CREATED
        ? resolve(request.response as ImportUpload)
        : reject(new RawCallError(request.status, request.response));
    request.onerror = () => reject(new TypeError("The upload broke off"));
    request.onabort = () => reject(new DOMException("Stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}
