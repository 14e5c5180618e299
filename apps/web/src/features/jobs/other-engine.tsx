import type { JobOverview } from "@hustings/contracts/jobs";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { Note } from "@hustings/ui/note";
import { Stat } from "@hustings/ui/stat";
import { formatDuration } from "@hustings/ui/time";
import { ExternalLink } from "lucide-react";
import { Workers } from "./workers";

/** Where an Inngest server runs the jobs: the way to its console, and what the app knows by itself. */
export function OtherEngine({ overview }: { overview: JobOverview }) {
  const { outbox, consoleUrl, workers } = overview;
  return (
    <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-3.5">
      <Note tone="info">
        An Inngest server runs the jobs of this installation. Its console shows every run and event; runs are cancelled
        and run again there, and functions paused.{" "}
        {consoleUrl === null && "The operator names the console in INNGEST_CONSOLE_URL, and a link to it stands here."}
      </Note>
      {consoleUrl !== null && (
        <div>
          <Button asChild variant="primary" icon={<ExternalLink aria-hidden />}>
            <a href={consoleUrl} target="_blank" rel="noreferrer">
              Open the console
            </a>
          </Button>
        </div>
      )}
      {workers.length === 0 && (
        <Note tone="bad">No worker has been seen for 30 seconds: the Inngest server has nobody to call.</Note>
      )}
      <Card>
        <CardHeader title="Events on their way to it" />
        <CardBody className="grid gap-3">
          <div className="flex flex-wrap gap-x-8 gap-y-3">
            <Stat value={outbox.waiting} label="not taken yet" />
            <Stat value={outbox.sentLastDay} label="taken in the last 24 hours" />
          </div>
          <p className="text-sm text-muted-foreground">
            {outbox.oldestWaitingSeconds === null
              ? "The Inngest server has taken everything."
              : `The oldest has waited ${formatDuration(outbox.oldestWaitingSeconds * 1000)}. If that grows, the workers cannot reach the server.`}
          </p>
        </CardBody>
      </Card>
      <Workers overview={overview} />
    </div>
  );
}
