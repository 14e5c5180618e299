import type { ImportUpload } from "@hustings/contracts/imports";
import { useEffect, useRef, useState } from "react";
import { uploadFile } from "../upload-file";

type State = { file: File | null; share: number; error: unknown };
const NOTHING: State = { file: null, share: 0, error: null };

/** A file on its way; leaving the page stops it. */
export function useUpload(onDone: (upload: ImportUpload) => void) {
  const [state, setState] = useState(NOTHING);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const start = (file: File) => {
    const controller = new AbortController();
    abort.current = controller;
    setState({ file, share: 0, error: null });
    uploadFile(file, (share) => setState({ file, share, error: null }), controller.signal).then(
      onDone,
      (error: unknown) => {
        if (!controller.signal.aborted) setState({ file, share: 0, error });
      },
    );
  };
  const stop = () => {
    abort.current?.abort();
    setState(NOTHING);
  };
  return { ...state, start, stop };
}
export type UploadControl = ReturnType<typeof useUpload>;
