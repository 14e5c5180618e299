import { Button, TextButton } from "@hustings/ui/button";
import { cn } from "@hustings/ui/class-names";
import { formatBytes } from "@hustings/ui/count";
import { ProgressBar } from "@hustings/ui/progress-bar";
import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { QueryError } from "~/components/query-error";
import type { UploadControl } from "./use-upload";

/** What browsers offer when one looks for a list; the server looks into the file itself. */
const ACCEPTED = ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain";

/** Takes a file by drop or by choice, and shows it on its way. */
export function DropZone({ upload, offReason }: { upload: UploadControl; offReason: string | null }) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { file, share, error } = upload;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped && !offReason) upload.start(dropped);
  };
  return (
    <section
      aria-label="The file"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "rounded-lg border-2 border-dashed bg-card px-6 py-10 text-center",
        isOver ? "border-ring bg-primary-soft" : "border-input",
      )}
    >
      {file && !error ? (
        <div className="mx-auto max-w-sm">
          <p className="mb-2 wrap-anywhere">
            <b>{file.name}</b> <span className="text-muted-foreground">{formatBytes(file.size)}</span>
          </p>
          <ProgressBar label={`Bringing ${file.name}`} value={Math.round(share * 100)} max={100} />
          <p role="status" className="mt-2 text-sm text-muted-foreground">
            {share < 1 ? "On its way" : "Looking into it"} · <TextButton onClick={upload.stop}>Stop</TextButton>
          </p>
        </div>
      ) : (
        <>
          <FileUp aria-hidden className="mx-auto mb-2 size-6 text-muted-foreground" />
          <h2>Drop a list here</h2>
          <p className="mt-0.5 mb-3 text-sm text-muted-foreground">
            A CSV or TSV file, as spreadsheets and other tools save it, up to 4 GB. Nothing is saved before you say so.
          </p>
          <Button variant="primary" offReason={offReason} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          <input
            ref={input}
            type="file"
            accept={ACCEPTED}
            aria-label="List of people"
            tabIndex={-1}
            className="sr-only"
            onChange={(event) => {
              const [chosen] = event.target.files ?? [];
              if (chosen) upload.start(chosen);
              // The same file again must be news too.
              event.target.value = "";
            }}
          />
        </>
      )}
      {error ? (
        <QueryError
          title={`${file?.name ?? "The file"} could not be taken.`}
          error={error}
          onRetry={() => file && upload.start(file)}
          className="mx-auto mt-4 max-w-lg text-left"
        />
      ) : null}
    </section>
  );
}
