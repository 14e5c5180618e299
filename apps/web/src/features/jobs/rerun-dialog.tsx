import type { JobRunDetail, JobStep } from "@hustings/contracts/jobs";
import { Button } from "@hustings/ui/button";
import { Dialog } from "@hustings/ui/dialog";
import { Field } from "@hustings/ui/field";
import { Textarea } from "@hustings/ui/textarea";
import { notifyDone } from "@hustings/ui/toast";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { QueryError } from "~/components/query-error";
import type { Jobs } from "./use-jobs";
import { stepTitle } from "./words";

type RerunDialogProps = { step: JobStep; run: JobRunDetail; jobs: Jobs; isOpen: boolean; onClose: () => void };

/** Starts a run over from one step; a step that takes arguments may be handed others. */
export function RerunDialog({ step, run, jobs, isOpen, onClose }: RerunDialogProps) {
  const before = JSON.stringify(step.input, null, 2);
  const [text, setText] = useState(before);
  const [problem, setProblem] = useState<string | null>(null);
  const utils = trpc.useUtils();
  const rerun = trpc.jobs.rerunStep.useMutation({
    onSuccess: async ({ id }) => {
      onClose();
      await utils.jobs.invalidate();
      jobs.open(id);
      notifyDone(`${run.title} runs again from “${stepTitle(step.name)}”`);
    },
  });
  const start = () => {
    const isChanged = step.takesInput && text.trim() !== before;
    const input = isChanged ? parseList(text) : undefined;
    if (input === null) return setProblem('Write a list in JSON, like [1, "two"].');
    setProblem(null);
    rerun.mutate({ id: run.id, stepId: step.id, ...(input ? { input } : {}) });
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={`Run again from “${stepTitle(step.name)}”?`}
      description="A new run takes over what was done before this step, and does this step and all after it again."
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button variant="primary" icon={<RotateCcw aria-hidden />} isBusy={rerun.isPending} onClick={start}>
            Run it again
          </Button>
        </>
      }
    >
      {step.takesInput ? (
        <Field label="Arguments of the step" error={problem} hint="A list in JSON. Unchanged, it gets what it got.">
          <Textarea
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="font-mono text-sm"
            spellCheck={false}
          />
        </Field>
      ) : (
        <p className="text-sm text-muted-foreground">
          This step takes no arguments: what it works on is named in the event.
        </p>
      )}
      {rerun.error && <QueryError title="It was not run again." error={rerun.error} />}
    </Dialog>
  );
}

function parseList(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
