import type { ImportJob } from "@hustings/contracts/imports";
import { Note } from "@hustings/ui/note";
import { PageHeader } from "@hustings/ui/page-header";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { Steps } from "@hustings/ui/steps";
import { RelativeTime } from "@hustings/ui/time";
import { useEffect } from "react";
import { trpc } from "~/client/trpc";
import { Screen } from "~/components/frame/screen";
import { RecordError } from "~/components/record-error";
import { IMPORT_RUN_CRUMBS, IMPORT_STEPS } from "../import-places";
import { ImportState } from "../start/recent-imports";
import { BringInCard, DoneCard, StopCard } from "./next-step";
import { BadRows, Examples, RunNumbers } from "./run-parts";
import { reckon, runLede, runTitle } from "./run-words";

/** Fast enough to feel alive, and a batch takes about as long. */
const POLL_MS = 1_000;

const isRunOpen = (job: ImportJob | undefined): boolean => job?.status === "queued" || job?.status === "running";

/** A trial or an import, from its start to its result; the address can be left and come back to. */
export function RunScreen({ jobId }: { jobId: string }) {
  const query = trpc.imports.get.useQuery(
    { jobId },
    { refetchInterval: ({ state }) => (isRunOpen(state.data) ? POLL_MS : false) },
  );
  const job = query.data;
  useRefreshWhenDone(job);
  if (job) return <Run job={job} />;
  return (
    <Screen title="Import" crumbs={IMPORT_RUN_CRUMBS}>
      {query.error ? (
        <RecordError noun="import" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={6} label="Loading the import" />
      )}
    </Screen>
  );
}

/** What other screens know of people, tags and fields is old once an import has ended. */
function useRefreshWhenDone(job: ImportJob | undefined) {
  const utils = trpc.useUtils();
  const isDone = job !== undefined && !job.dryRun && !isRunOpen(job);
  useEffect(() => {
    if (!isDone) return;
    for (const noun of [utils.contacts, utils.tags, utils.fields, utils.imports.list]) void noun.invalidate();
  }, [isDone]);
}

function Run({ job }: { job: ImportJob }) {
  const isOpen = isRunOpen(job);
  const { examples } = job;
  return (
    <Screen title={job.fileName} crumbs={IMPORT_RUN_CRUMBS}>
      <PageHeader
        title={runTitle(job)}
        lede={
          <>
            {runLede(job)} Started <RelativeTime at={job.createdAt} isInSentence /> by {job.createdBy}.
          </>
        }
      >
        <Steps label="Steps of the import" steps={IMPORT_STEPS} current={job.dryRun ? 2 : 3} />
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(260px,340px)] items-start gap-4 max-[1100px]:grid-cols-1">
        <div className="grid min-w-0 gap-4">
          {job.error && (
            <Note tone="bad" isAlert>
              <b>It could not go on.</b> {job.error}
            </Note>
          )}
          <RunNumbers job={job} isOpen={isOpen} />
          <p role="status" className="-mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted-foreground">
            <ImportState job={job} />
            {!isOpen && reckon(job)}
          </p>
          <BadRows job={job} />
          {job.dryRun ? (
            <>
              <Examples title="New people" note="the first of them" examples={examples.created} />
              <Examples title="Changed people" note="the first of them" examples={examples.updated} />
              <Examples title="Nothing new" note="the first of them" examples={examples.skipped} />
            </>
          ) : (
            <Examples title="Just in" examples={examples.latest} />
          )}
        </div>
        <div className="grid gap-4 max-[1100px]:-order-1">
          {isOpen ? <StopCard job={job} /> : job.dryRun ? <BringInCard job={job} /> : <DoneCard />}
        </div>
      </div>
    </Screen>
  );
}
