import type { ImportJob } from "@hustings/contracts/imports";
import { Card, CardHeader } from "@hustings/ui/card";
import { formatCount } from "@hustings/ui/count";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { StatusPill } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { runPath } from "../import-places";
import { countOutcomes } from "../job/outcomes";

const SHOWN = 20;
const POLL_MS = 3_000;

const isOpen = ({ status }: ImportJob) => status === "queued" || status === "running";

/** Imports and trials of this workspace, newest first; those that run go on being counted. */
export function RecentImports() {
  const query = trpc.imports.list.useQuery(
    { limit: SHOWN },
    { refetchInterval: ({ state }) => (state.data?.some(isOpen) ? POLL_MS : false) },
  );
  if (query.data?.length === 0) return null;
  return (
    <Card className="mt-6">
      <CardHeader title="Imports so far" />
      {query.data ? (
        <ul>
          {query.data.map((job) => (
            <ImportLine key={job.jobId} job={job} />
          ))}
        </ul>
      ) : query.error ? (
        <QueryError
          title="The imports did not load."
          error={query.error}
          onRetry={() => void query.refetch()}
          className="m-4"
        />
      ) : (
        <SkeletonRows rows={3} label="Loading imports" />
      )}
    </Card>
  );
}

function ImportLine({ job }: { job: ImportJob }) {
  const toPath = useWorkspacePath();
  const { created, updated, nothingNew, errors } = countOutcomes(job);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-0.5 border-t border-border px-4 py-2.5 text-table first:border-t-0">
      <Link href={toPath(runPath(job.jobId))} className="link min-w-0 flex-1 basis-52 truncate font-semibold">
        {job.fileName}
      </Link>
      <span className="text-muted-foreground max-md:basis-full">
        {job.dryRun ? "Would be: " : ""}
        {formatCount(created)} new, {formatCount(updated)} updated, {formatCount(nothingNew)} nothing new,{" "}
        {formatCount(errors)} not read
      </span>
      <ImportState job={job} />
      <span className="text-muted-foreground">
        <RelativeTime at={job.createdAt} isFocusable={false} /> by {job.createdBy}
      </span>
    </li>
  );
}

/** Where an import is, in a word; a trial says that it is one. */
export function ImportState({ job: { status, dryRun } }: { job: Pick<ImportJob, "status" | "dryRun"> }) {
  const what = dryRun ? "Trial " : "";
  const word = (text: string) => (what ? what + text.toLowerCase() : text);
  if (status === "completed") return <StatusPill tone={dryRun ? "neutral" : "good"}>{word("Finished")}</StatusPill>;
  if (status === "failed") return <StatusPill tone="bad">{word("Failed")}</StatusPill>;
  if (status === "cancelled") return <StatusPill tone="neutral">{word("Stopped")}</StatusPill>;
  return <StatusPill tone="info">{word(status === "queued" ? "Waiting" : "Running")}</StatusPill>;
}
