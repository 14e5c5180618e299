import type { JobFunction } from "@hustings/contracts/jobs";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { formatRelativeTime, useNow } from "@hustings/ui/time";
import { CirclePause, SquareFunction } from "lucide-react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { ScrollBox } from "~/components/scroll-box";
import { ListRow } from "./list-row";
import type { Jobs } from "./use-jobs";

const LIVE_EVERY_MS = 5_000;

/** The functions as the question is put everywhere on this page, so that lists and details share its answer. */
export const useFunctions = () => trpc.jobs.functions.useQuery({}, { refetchInterval: LIVE_EVERY_MS });

/** What there is to run, when it runs next, and how it went. */
export function FunctionList({ jobs }: { jobs: Jobs }) {
  const functions = useFunctions();
  const now = useNow(10_000);
  return (
    <ScrollBox label="Functions" isBusy={functions.isPending} className="min-h-0 flex-1 border-t border-border bg-card">
      {functions.isPending && <SkeletonRows label="Loading the functions" rows={8} />}
      {functions.error && !functions.data && (
        <QueryError
          title="The functions did not load."
          error={functions.error}
          onRetry={() => void functions.refetch()}
          className="m-4"
        />
      )}
      <ul>
        {functions.data?.map((entry) => (
          <ListRow
            key={entry.id}
            icon={
              entry.pausedAt ? (
                <CirclePause aria-label="paused" className="text-warning" />
              ) : (
                <SquareFunction aria-hidden className="text-muted-foreground" />
              )
            }
            title={entry.title}
            aside={nextWords(entry, now)}
            words={figureWords(entry)}
            name={entry.name}
            isOpen={entry.id === jobs.openId}
            onOpen={() => jobs.open(entry.id)}
          />
        ))}
      </ul>
    </ScrollBox>
  );
}

function nextWords({ crons, pausedAt }: JobFunction, now: Date): string {
  const [next] = crons.flatMap((cron) => cron.next ?? []).sort();
  if (!next || pausedAt) return "";
  return new Date(next) > now ? formatRelativeTime(new Date(next), now) : "Now";
}

function figureWords(entry: JobFunction): string {
  if (entry.pausedAt) return entry.waiting === 0 ? "Paused" : `Paused, ${formatCountOf(entry.waiting, "run")} waiting`;
  const parts = [
    entry.failed > 0 && `${formatCount(entry.failed)} failed`,
    entry.running > 0 && `${formatCount(entry.running)} under way`,
    entry.waiting > 0 && `${formatCount(entry.waiting)} waiting`,
    `${formatCount(entry.completed)} finished in a day`,
  ];
  return parts.filter(Boolean).join(", ");
}
