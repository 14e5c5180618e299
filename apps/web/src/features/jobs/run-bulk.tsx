import type { JobRun } from "@hustings/contracts/jobs";
import { Button, TextButton } from "@hustings/ui/button";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { formatCountOf } from "@hustings/ui/count";
import { notifyDone } from "@hustings/ui/toast";
import { Ban, RotateCcw } from "lucide-react";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import type { Jobs } from "./use-jobs";

type Verb = "cancel" | "rerun";

/** Whether a run can be cancelled or started over. */
const takes: Record<Verb, (run: JobRun) => boolean> = {
  cancel: (run) => run.endedAt === null,
  rerun: (run) => run.endedAt !== null,
};

type RunBulkProps = { runs: JobRun[]; chosen: ReadonlySet<string>; jobs: Jobs; onDone: () => void };

/** What can be done with the chosen runs, or with all that the filters mean. */
export function RunBulk({ runs, chosen, jobs, onDone }: RunBulkProps) {
  const [isAll, setAll] = useState(false);
  const [verb, setVerb] = useState<Verb | null>(null);
  const act = useBulkAction(onDone);
  const picked = runs.filter((run) => chosen.has(run.id));
  const idsOf = (each: Verb) => picked.filter(takes[each]).map((run) => run.id);
  // A search by id means few; the server takes filters for "all".
  const canTakeAll = jobs.search === "";
  const words = (each: Verb) => (isAll ? "all that match" : formatCountOf(idsOf(each).length, "run"));
  const start = () => {
    if (verb) void act.start(verb, isAll ? { matching: jobs.filter } : { runIds: idsOf(verb) });
  };
  const refusal = (each: Verb) =>
    !isAll && idsOf(each).length === 0 && (each === "cancel" ? "None of them is under way" : "None of them is over");
  return (
    <section aria-label="Chosen runs" className="flex-none border-t border-border bg-card px-4 py-2.5">
      <p role="status" className="flex min-h-6 flex-wrap items-center gap-x-3 text-sm">
        <b>{act.working ?? (isAll ? "All that match" : `${formatCountOf(picked.length, "run")} chosen`)}</b>
        {canTakeAll && act.working === null && (
          <TextButton onClick={() => setAll(!isAll)}>
            {isAll ? "Only those that are ticked" : "Take all that match"}
          </TextButton>
        )}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" icon={<Ban aria-hidden />} offReason={refusal("cancel")} onClick={() => setVerb("cancel")}>
          Cancel…
        </Button>
        <Button
          size="sm"
          icon={<RotateCcw aria-hidden />}
          offReason={refusal("rerun")}
          onClick={() => setVerb("rerun")}
        >
          Run again…
        </Button>
      </div>
      <ConfirmDialog
        isOpen={verb !== null}
        onOpenChange={(open) => !open && setVerb(null)}
        title={verb === "rerun" ? `Run ${words("rerun")} again?` : `Cancel ${words("cancel")}?`}
        confirmLabel={verb === "rerun" ? `Run ${words("rerun")} again` : `Cancel ${words("cancel")}`}
        keepLabel="Leave them"
        icon={verb === "rerun" ? <RotateCcw aria-hidden /> : <Ban aria-hidden />}
        isBusy={act.working !== null}
        error={act.error !== null && <QueryError title="It did not go through." error={act.error} />}
        onConfirm={start}
      >
        {verb === "rerun"
          ? "Each begins anew with the event that started it. Nobody is mailed twice: batches know what they sent. Runs that were run again already are left out when you take all that match."
          : "The step under way ends, and nothing after it begins. Campaigns look for their batches again within minutes; to stop a campaign, pause or cancel it on its page."}
      </ConfirmDialog>
    </section>
  );
}

type Selection = { runIds: string[] } | { matching: Jobs["filter"] };

/** Calls until nothing is left: the server takes a thousand runs at a time. */
function useBulkAction(onDone: () => void) {
  const [working, setWorking] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const utils = trpc.useUtils();
  const cancel = trpc.jobs.cancel.useMutation();
  const rerun = trpc.jobs.rerun.useMutation();
  const start = async (verb: Verb, selection: Selection) => {
    setError(null);
    let affected = 0;
    try {
      for (let isMore = true; isMore; ) {
        setWorking(`${verb === "rerun" ? "Starting" : "Cancelling"} ${formatCountOf(affected, "run")}`);
        const answer = await (verb === "rerun" ? rerun : cancel).mutateAsync(selection);
        affected += answer.affected;
        isMore = answer.isMore;
      }
      notifyDone(`${verb === "rerun" ? "Started" : "Cancelled"} ${formatCountOf(affected, "run")}`);
      onDone();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setWorking(null);
      await utils.jobs.invalidate();
    }
  };
  return { start, working, error };
}
