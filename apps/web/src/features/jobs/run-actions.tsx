import type { JobRunDetail } from "@hustings/contracts/jobs";
import { Button } from "@hustings/ui/button";
import { ConfirmDialog } from "@hustings/ui/confirm-dialog";
import { notifyDone } from "@hustings/ui/toast";
import { Ban, Megaphone, RotateCcw, Upload } from "lucide-react";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import type { Jobs } from "./use-jobs";

/** What can be done about a run: look at what it is about, cancel it while it lives, run it again afterwards. */
export function RunActions({ run, jobs }: { run: JobRunDetail; jobs: Jobs }) {
  const [isCancelling, setCancelling] = useState(false);
  const [isRerunning, setRerunning] = useState(false);
  const utils = trpc.useUtils();
  const refresh = () => utils.jobs.invalidate();
  const cancel = trpc.jobs.cancel.useMutation({
    onSuccess: async ({ affected }) => {
      setCancelling(false);
      notifyDone(affected === 0 ? "It was over already" : `Cancelled ${run.title}`);
      await refresh();
    },
  });
  const rerun = trpc.jobs.rerun.useMutation({
    onSuccess: async ({ runs: [started] }) => {
      await refresh();
      if (!started) return;
      setRerunning(false);
      jobs.open(started.id);
      notifyDone(`${run.title} runs again`);
    },
  });
  const refusal = rerun.data?.affected === 0 && "Its function is gone, or allows one run at a time and is at work.";
  return (
    <div className="flex flex-wrap gap-2">
      <SubjectLink subject={run.subject} />
      {run.endedAt ? (
        <Button icon={<RotateCcw aria-hidden />} onClick={() => setRerunning(true)}>
          Run again…
        </Button>
      ) : (
        <Button icon={<Ban aria-hidden />} onClick={() => setCancelling(true)}>
          Cancel…
        </Button>
      )}
      <ConfirmDialog
        isOpen={isCancelling}
        onOpenChange={setCancelling}
        title={`Cancel “${run.title}”?`}
        confirmLabel="Cancel the run"
        keepLabel="Let it run"
        icon={<Ban aria-hidden />}
        isBusy={cancel.isPending}
        error={cancel.error && <QueryError title="The run was not cancelled." error={cancel.error} />}
        onConfirm={() => cancel.mutate({ runIds: [run.id] })}
      >
        The step under way ends, and nothing after it begins. What it did stays.
        {run.subject?.kind === "campaign" &&
          " The campaign looks for its batches again within minutes: to stop it, pause or cancel it on its page."}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={isRerunning}
        onOpenChange={setRerunning}
        title={`Run “${run.title}” again?`}
        confirmLabel="Run it again"
        keepLabel="Leave it"
        icon={<RotateCcw aria-hidden />}
        isBusy={rerun.isPending}
        error={
          rerun.error ? (
            <QueryError title="It was not run again." error={rerun.error} />
          ) : (
            refusal && <p className="text-sm text-danger">{refusal}</p>
          )
        }
        onConfirm={() => rerun.mutate({ runIds: [run.id] })}
      >
        A new run begins with the same event and no step done. Nobody is mailed twice: batches know what they sent.
      </ConfirmDialog>
    </div>
  );
}

function SubjectLink({ subject }: { subject: JobRunDetail["subject"] }) {
  if (!subject) return null;
  const [path, words, Icon] =
    subject.kind === "campaign"
      ? ([`campaigns/${subject.id}`, "Open the campaign", Megaphone] as const)
      : ([`contacts/import/${subject.id}`, "Open the import", Upload] as const);
  return (
    <Button asChild icon={<Icon aria-hidden />}>
      <Link href={`/w/${subject.workspaceSlug}/${path}`}>{words}</Link>
    </Button>
  );
}
