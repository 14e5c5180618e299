import type { JobRunDetail, JobStep } from "@hustings/contracts/jobs";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { StatusPill } from "@hustings/ui/status";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@hustings/ui/table";
import { formatDuration, formatExactTime } from "@hustings/ui/time";
import { RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { JsonBlock } from "./json-block";
import type { Jobs } from "./use-jobs";
import { formatSeconds, ordinal, stepTitle } from "./words";

const RerunDialog = dynamic(() => import("./rerun-dialog").then((module) => module.RerunDialog), { ssr: false });

const clock = (time: string) => (
  <time dateTime={time} title={formatExactTime(new Date(time))}>
    {formatSeconds(time)}
  </time>
);

/** One step: its tries and what they said, what went in and came out; and starting over from it. */
export function StepCard({ step, run, jobs }: { step: JobStep; run: JobRunDetail; jobs: Jobs }) {
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  return (
    <Card>
      <CardHeader title={stepTitle(step.name)} note={<StepPill step={step} />}>
        {run.endedAt && (
          <Button
            size="sm"
            icon={<RotateCcw aria-hidden />}
            onClick={() => {
              setWanted(true);
              setOpen(true);
            }}
          >
            Run again from here…
          </Button>
        )}
      </CardHeader>
      <Tries step={step} run={run} />
      <CardBody className="grid gap-3">
        {hasContent(step.input) && <JsonBlock title="Input" value={step.input} />}
        {step.status === "done" && (
          <JsonBlock
            title="Output"
            value={step.output}
            leftOutBytes={step.output === null && step.outputBytes > "null".length ? step.outputBytes : 0}
          />
        )}
        {step.error?.stack && (
          <JsonBlock title={`${step.error.name}, with where it came from`} value={step.error.stack} />
        )}
      </CardBody>
      {isWanted && <RerunDialog step={step} run={run} jobs={jobs} isOpen={isOpen} onClose={() => setOpen(false)} />}
    </Card>
  );
}

const hasContent = (input: unknown) =>
  input !== null && !(typeof input === "object" && Object.keys(input as object).length === 0);

function StepPill({ step }: { step: JobStep }) {
  if (step.isCopied) return <StatusPill tone="neutral">Taken over from the run before</StatusPill>;
  if (step.status === "failed") return <StatusPill tone="bad">Failed</StatusPill>;
  if (step.status === "done")
    return step.tries > 1 ? (
      <StatusPill tone="look" icon={RotateCcw}>
        Worked at the {ordinal(step.tries)} try
      </StatusPill>
    ) : null;
  return <StatusPill tone="info">{step.status === "running" ? "Running" : "Open"}</StatusPill>;
}

/** When each try was and what it said: the failed ones, then how it stands. */
function Tries({ step, run }: { step: JobStep; run: JobRunDetail }) {
  const failed = run.attempts.filter((attempt) => attempt.stepId === step.id);
  const started = step.startedAt ?? step.createdAt;
  const delayMs = new Date(started).getTime() - new Date(step.createdAt).getTime();
  return (
    <div className="overflow-x-auto">
      <Table>
        <TableHead>
          <TableRow>
            <TableHeaderCell className="w-24">Time</TableHeaderCell>
            <TableHeaderCell className="w-16">Try</TableHeaderCell>
            <TableHeaderCell>What it said</TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {failed.map((attempt) => (
            <TableRow key={attempt.failedAt}>
              <TableCell className="font-mono text-sm">{clock(attempt.failedAt)}</TableCell>
              <TableCell>{attempt.attempt}</TableCell>
              <TableCell className="whitespace-normal">
                {attempt.error.message}, tried again at {clock(attempt.retryAt)}
              </TableCell>
            </TableRow>
          ))}
          <TableRow>
            <TableCell className="font-mono text-sm">{clock(step.endedAt ?? started)}</TableCell>
            <TableCell>{step.kind === "work" ? step.tries : ""}</TableCell>
            <TableCell className="whitespace-normal">
              {lastWords(step)}
              {step.kind === "work" && delayMs > 1_000 && `, after ${formatDuration(delayMs)} in line`}
            </TableCell>
          </TableRow>
        </TableBody>
      </Table>
    </div>
  );
}

function lastWords(step: JobStep): string {
  if (step.status === "failed") return step.error?.message ?? "Failed";
  if (step.status === "running") return "Under way";
  if (step.status !== "done") return "Not done yet";
  const tookMs =
    new Date(step.endedAt ?? step.createdAt).getTime() - new Date(step.startedAt ?? step.createdAt).getTime();
  return step.kind === "work" ? `Done in ${formatDuration(Math.max(0, tookMs))}` : "Over";
}
