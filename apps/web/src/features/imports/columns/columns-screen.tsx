import type { ImportUpload } from "@hustings/contracts/imports";
import { Button, TextButton } from "@hustings/ui/button";
import { formatCountOf } from "@hustings/ui/count";
import { Note } from "@hustings/ui/note";
import { PageHeader } from "@hustings/ui/page-header";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { Steps } from "@hustings/ui/steps";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/router";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { useStoredSetting } from "~/client/stored-setting";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { ALL_FIELDS } from "../../contacts/list-limits";
import { createDraft, draftKey, type ImportDraft, toImportOptions } from "../draft";
import { IMPORT_RUN_CRUMBS, IMPORT_STEPS, runPath } from "../import-places";
import { ChoicesCard } from "./choices-card";
import { MappingCard } from "./mapping-card";
import { ReadingCard, readingWords } from "./reading-card";
import { RowPreview } from "./row-preview";

/** What each column of a file becomes. */
export function ColumnsScreen({ uploadId }: { uploadId: string }) {
  const [kept, keep] = useStoredSetting<ImportDraft | null>(draftKey(uploadId), null);
  const query = trpc.imports.preview.useQuery(
    { id: uploadId, ...kept?.reading },
    { placeholderData: (before) => before },
  );
  if (query.data) return <Columns upload={query.data} kept={kept} keep={keep} isReading={query.isFetching} />;
  return (
    <Screen title="Which column is what?" crumbs={IMPORT_RUN_CRUMBS}>
      {query.error ? (
        <Unreadable
          error={query.error}
          onRetry={() => void query.refetch()}
          // Read in another way it may be nothing: the way back is how it was recognised.
          onReset={kept && Object.keys(kept.reading).length > 0 ? () => keep({ ...kept, reading: {} }) : undefined}
        />
      ) : (
        <SkeletonRows rows={8} label="Reading the file" />
      )}
    </Screen>
  );
}

type UnreadableProps = { error: unknown; onRetry: () => void; onReset: (() => void) | undefined };

function Unreadable({ error, onRetry, onReset }: UnreadableProps) {
  const isGone = readCallError(error).code === "NOT_FOUND";
  return (
    <>
      <QueryError
        title={
          isGone
            ? "This file is not here any more. Files are kept for a day; bring it again."
            : "The file could not be read like this."
        }
        error={error}
        className="max-w-xl"
        {...(isGone ? {} : { onRetry })}
      />
      {onReset && !isGone && (
        <Button className="mt-3" onClick={onReset}>
          Read it as it was recognised
        </Button>
      )}
    </>
  );
}

type ColumnsProps = {
  upload: ImportUpload;
  kept: ImportDraft | null;
  keep: (draft: ImportDraft) => void;
  isReading: boolean;
};

function Columns({ upload, kept, keep, isReading }: ColumnsProps) {
  const toPath = useWorkspacePath();
  const fields = trpc.fields.list.useQuery({ limit: ALL_FIELDS }).data ?? [];
  const draft = createDraft(upload, kept ?? undefined);
  const change = (changes: Partial<ImportDraft>) => keep({ ...draft, ...changes });
  const [isReadingShown, setReadingShown] = useState(!upload.guesses.encodingIsSure);
  const rows = formatCountOf(upload.rowEstimate, "row");
  return (
    <Screen title={upload.fileName} crumbs={IMPORT_RUN_CRUMBS}>
      <PageHeader
        title="Which column is what?"
        lede={
          <>
            {upload.fileName} · {rows} · {readingWords(upload)}{" "}
            <TextButton aria-expanded={isReadingShown} onClick={() => setReadingShown(!isReadingShown)}>
              Not right?
            </TextButton>
          </>
        }
      >
        <Steps label="Steps of the import" steps={IMPORT_STEPS} current={1} />
      </PageHeader>
      {isReadingShown && <ReadingCard upload={upload} draft={draft} onDraftChange={change} />}
      <div
        className="grid grid-cols-[minmax(0,1fr)_minmax(280px,340px)] items-start gap-4 max-[1100px]:grid-cols-1"
        aria-busy={isReading}
      >
        <MappingCard
          upload={upload}
          draft={draft}
          fields={fields}
          onTargetChange={(column, target) => change({ targets: { ...draft.targets, [column]: target } })}
        />
        <div className="grid gap-4">
          <RowPreview upload={upload} draft={draft} fields={fields} />
          <ChoicesCard draft={draft} onDraftChange={change} />
          <Note tone="info">
            Nothing is saved yet. Next we try all {rows} and show you what would change. An import sends no email.
          </Note>
        </div>
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Button asChild>
          <Link href={toPath("/contacts/import")}>Back</Link>
        </Button>
        <TryButton upload={upload} draft={draft} keep={keep} rows={rows} />
      </div>
    </Screen>
  );
}

function TryButton({
  upload,
  draft,
  keep,
  rows,
}: {
  upload: ImportUpload;
  draft: ImportDraft;
  keep: (draft: ImportDraft) => void;
  rows: string;
}) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const start = trpc.imports.start.useMutation({ onSuccess: ({ jobId }) => router.push(toPath(runPath(jobId))) });
  const { columns } = upload;
  const run = () => {
    // What was guessed counts as chosen from here on.
    keep(draft);
    start.mutate({ ...toImportOptions(upload.uploadId, columns, draft), dryRun: true });
  };
  return (
    <>
      <Button
        variant="primary"
        trailing={<ArrowRight aria-hidden />}
        isBusy={start.isPending}
        offReason={findObstacle(columns, draft)}
        onClick={run}
      >
        Try it on all {rows}
      </Button>
      {start.error && <QueryError title="The trial did not start." error={start.error} className="basis-full" />}
    </>
  );
}

/** Why the file cannot be tried like this. */
function findObstacle(columns: readonly string[], { targets }: ImportDraft): string | null {
  const used = columns.flatMap((column) => targets[column] ?? []).filter(({ kind }) => kind !== "out");
  if (used.length === 0) return "Choose what at least one column becomes";
  return used.some((target) => target.kind === "new" && target.label.trim() === "") ? "Name each new field" : null;
}
