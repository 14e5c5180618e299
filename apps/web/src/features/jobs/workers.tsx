import type { JobOverview } from "@hustings/contracts/jobs";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { StatusPill } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { Server } from "lucide-react";

/** The worker processes that were seen in the last half minute. */
export function Workers({ overview }: { overview: JobOverview }) {
  return (
    <Card>
      <CardHeader title="Workers alive" note={String(overview.workers.length)} />
      {overview.workers.length === 0 && <CardBody className="text-sm text-muted-foreground">None.</CardBody>}
      <ul>
        {overview.workers.map((worker) => (
          <li
            key={worker.name}
            className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-4 py-1.5 text-sm last:border-b-0"
          >
            <Server aria-hidden className="text-muted-foreground" />
            <span className="min-w-0 flex-1 truncate font-mono text-xs">{worker.name}</span>
            {overview.engine === "embedded" && (
              <StatusPill tone={worker.isLeading ? "good" : "neutral"}>
                {worker.isLeading ? "Leads" : "Stands by"}
              </StatusPill>
            )}
            <span className="text-muted-foreground">
              started <RelativeTime at={worker.startedAt} isInSentence />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
