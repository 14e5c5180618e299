import type { Script } from "@hustings/contracts/scripts";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { Field, Hint } from "@hustings/ui/field";
import { Textarea } from "@hustings/ui/textarea";
import { notifyFailed } from "@hustings/ui/toast";
import { Play } from "lucide-react";
import { useState } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { RunDetails } from "./run-details";
import { RunHistory } from "./run-history";
import { useScriptService } from "./service-note";

const POLL_MS = 1_000;

export type RunPanelProps = {
  script: Script;
  isDirty: boolean;
  onGoToLine: (line: number) => void;
  /** A run begins. */
  onRun: () => void;
};

/** Runs the script as it is saved, and shows one of its runs: the newest, or the one that was chosen. */
export function RunPanel({ script, isDirty, onGoToLine, onRun }: RunPanelProps) {
  const utils = trpc.useUtils();
  const service = useScriptService();
  const [chosen, setChosen] = useState<string | null>(null);
  const [inputText, setInputText] = useState("");
  const input = readInput(inputText);
  const run = trpc.scripts.run.useMutation({
    onError: (error) => notifyFailed(`The script could not be run: ${readCallError(error).message}`),
    onSettled: () => utils.scripts.invalidate(),
  });
  // Until the call ends, this finds the run that it has asked for.
  const newest = trpc.scripts.runs.useQuery(
    { id: script.id, limit: 1 },
    { refetchInterval: run.isPending ? POLL_MS : false },
  );
  const shown = chosen ?? newest.data?.[0]?.id;
  return (
    <div className="grid grid-cols-1 gap-5">
      <Card>
        <CardHeader title="Run">
          <Button
            variant="primary"
            size="sm"
            icon={<Play aria-hidden />}
            isBusy={run.isPending}
            offReason={service?.refusal ?? (input.problem && "The input is no JSON.")}
            onClick={() => {
              setChosen(null);
              onRun();
              run.mutate({ id: script.id, ...input.given });
            }}
          >
            Run as saved
          </Button>
        </CardHeader>
        <CardBody className="grid grid-cols-1 gap-3.5">
          {isDirty && <Hint className="mt-0">What you have changed since it was saved does not run.</Hint>}
          <Field
            label="Input"
            isOptional
            hint="JSON, which the script reads as input."
            error={input.problem && `This is no JSON: ${input.problem}`}
          >
            <Textarea
              value={inputText}
              onChange={(event) => setInputText(event.target.value)}
              placeholder='{ "segment": "Volunteers" }'
              spellCheck={false}
              autoCapitalize="off"
              className="min-h-(--control) font-mono text-[13px] leading-5"
            />
          </Field>
          {shown ? (
            <RunDetails key={shown} scriptId={script.id} runId={shown} onGoToLine={onGoToLine} />
          ) : (
            <p className="text-muted-foreground">It has not run yet.</p>
          )}
        </CardBody>
      </Card>
      <RunHistory scriptId={script.id} isAsking={run.isPending} shown={shown} onChoose={setChosen} />
    </div>
  );
}

/** What was typed as JSON; nothing typed is no input. */
function readInput(text: string): { given: { input?: unknown }; problem: string | null } {
  if (text.trim() === "") return { given: {}, problem: null };
  try {
    return { given: { input: JSON.parse(text) }, problem: null };
  } catch (error) {
    return { given: {}, problem: (error as Error).message };
  }
}
