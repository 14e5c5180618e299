import type { Script } from "@hustings/contracts/scripts";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { notifyFailed } from "@hustings/ui/toast";
import { Play } from "lucide-react";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import { RunDetails } from "./run-details";
import { RunHistory } from "./run-history";
import { isUnfinished } from "./run-status";

const POLL_MS = 1_000;
const SHOWN_RUNS = 50;

/** Runs the script as it is saved, and shows one of its runs: the newest, or the one that was chosen. */
export function RunPanel({ script }: { script: Script }) {
  const utils = trpc.useUtils();
  const [chosen, setChosen] = useState<string | null>(null);
  const run = trpc.scripts.run.useMutation({
    onError: (error) => notifyFailed(`The script could not be run: ${readCallError(error).message}`),
    onSettled: () => utils.scripts.invalidate(),
  });
  const runs = trpc.scripts.runs.useQuery(
    { id: script.id, limit: SHOWN_RUNS },
    {
      refetchInterval: ({ state }) =>
        run.isPending || state.data?.some(({ status }) => isUnfinished(status)) ? POLL_MS : false,
    },
  );
  const shown = chosen ?? runs.data?.[0]?.id;
  return (
    <div className="grid grid-cols-1 gap-5">
      <Card>
        <CardHeader title="Run">
          <Button
            variant="primary"
            size="sm"
            icon={<Play aria-hidden />}
            isBusy={run.isPending}
            onClick={() => {
              setChosen(null);
              run.mutate({ id: script.id });
            }}
          >
            Run as saved
          </Button>
        </CardHeader>
        <CardBody>
          {shown ? (
            <RunDetails key={shown} scriptId={script.id} runId={shown} />
          ) : (
            <p className="text-muted-foreground">It has not run yet.</p>
          )}
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="History" />
        {runs.error && !runs.data && (
          <QueryError title="The history did not load." error={runs.error} onRetry={() => void runs.refetch()} />
        )}
        {runs.isPending && <SkeletonRows label="Loading the history" rows={3} />}
        {runs.data && <RunHistory runs={runs.data} shown={shown} onChoose={setChosen} />}
      </Card>
    </div>
  );
}
