import type { ScriptRun } from "@hustings/contracts/scripts";
import { formatCount } from "@hustings/ui/count";
import { formatDuration } from "@hustings/ui/time";
import { useScriptService } from "./service-note";

/** What a run took, of what it may take. */
export function RunFigures({ durationMs, calls, changes, peakMemoryMb }: ScriptRun) {
  const limits = useScriptService()?.limits;
  if (durationMs === null) return null;
  const figures = [
    ["Took", formatDuration(durationMs), limits && formatDuration(limits.wallMs)],
    ["Calls of crm", formatCount(calls), limits && formatCount(limits.calls)],
    ["Changes", formatCount(changes), null],
    // With the program itself, of which the limit does not speak.
    ["Memory", peakMemoryMb === null ? null : `${peakMemoryMb} MB`, null],
  ] as const;
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
      {figures.map(
        ([label, value, most]) =>
          value !== null && (
            <div key={label}>
              <dt className="text-xs text-muted-foreground">{label}</dt>
              <dd>
                <b className="tabular-nums">{value}</b>
                {most && <span className="text-muted-foreground"> of {most}</span>}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
