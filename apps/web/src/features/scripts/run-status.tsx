import type { ScriptRunStatus } from "@hustings/contracts/scripts";
import { Status, StatusPill, type StatusState } from "@hustings/ui/status";
import { Hourglass, OctagonX } from "lucide-react";

const STATE_OF: Partial<Record<ScriptRunStatus, StatusState>> = {
  queued: "waiting",
  running: "running",
  succeeded: "finished",
  failed: "failed",
  skipped: "skipped",
};

/** How a run of a script stands, in the words of the other screens where they have one. */
export function RunStatus({ status, isBare }: { status: ScriptRunStatus; isBare?: boolean }) {
  const state = STATE_OF[status];
  if (state) return <Status state={state} isBare={isBare} />;
  return status === "timed_out" ? (
    <StatusPill tone="bad" icon={Hourglass} isBare={isBare}>
      Took too long
    </StatusPill>
  ) : (
    <StatusPill tone="neutral" icon={OctagonX} isBare={isBare}>
      Stopped
    </StatusPill>
  );
}

/** Whether a run may still change. */
export const isUnfinished = (status: ScriptRunStatus): boolean => status === "queued" || status === "running";
