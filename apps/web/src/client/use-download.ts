import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { useState } from "react";
import { downloadFile } from "./raw-call";

/** Saves what an operation streams, says so, and offers to try again when it did not work. */
export function useDownload() {
  const [isBusy, setBusy] = useState(false);
  const download = async (path: string, fallbackName: string, done: string): Promise<void> => {
    setBusy(true);
    const error = await downloadFile(path, fallbackName);
    setBusy(false);
    if (!error) return notifyDone(done);
    notifyFailed(`The export did not work. ${error.message}`, {
      onRetry: () => void download(path, fallbackName, done),
    });
  };
  return { isBusy, download };
}
