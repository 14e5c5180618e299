import type { AutomationRun } from "@hustings/contracts/automations";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { ProgressBar } from "@hustings/ui/progress-bar";
import { RelativeTime } from "@hustings/ui/time";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";

const SHOWN = 10;
const POLL_MS = 1_000;

/** Who ran the rule by hand, and how many it changed. */
export function RunsCard({ ruleId }: { ruleId: string }) {
  const runs = trpc.automations.runs.useQuery(
    { id: ruleId, page: 1, pageSize: SHOWN },
    {
      refetchInterval: ({ state }) => (state.data?.runs.some(({ status }) => status === "running") ? POLL_MS : false),
    },
  );
  return (
    <Card aria-label="Runs by hand">
      <CardHeader title="Runs by hand" />
      {runs.error && !runs.data && (
        <CardBody>
          <QueryError title="The runs did not load." error={runs.error} onRetry={() => void runs.refetch()} />
        </CardBody>
      )}
      {runs.data?.runs.length === 0 && (
        <CardBody className="text-sm text-muted-foreground">Nobody has run it by hand.</CardBody>
      )}
      <ol>
        {runs.data?.runs.map((run) => (
          <li key={run.id} className="border-b border-border px-4 py-2 text-sm last:border-b-0">
            <div className="flex justify-between gap-3">
              <span className="min-w-0 wrap-anywhere">{outcomeOf(run)}</span>
              <RelativeTime at={run.createdAt} className="shrink-0 text-muted-foreground" />
            </div>
            <p className="text-muted-foreground">
              {formatCount(run.frozen)} matched · {run.startedBy}
            </p>
            {run.status === "running" && (
              <ProgressBar label="How far the run is" value={run.processed} max={run.frozen} className="mt-1.5" />
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function outcomeOf({ status, affected, error }: AutomationRun): string {
  const changed = `Changed ${formatCountOf(affected, "person", "people")}`;
  if (status === "running") return `${changed} so far`;
  return status === "failed" ? `Failed. ${error ?? ""} ${changed}.` : changed;
}
