import type { Condition } from "@hustings/contracts/filter";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { SplitBar } from "@hustings/ui/split-bar";
import { usePreview } from "./use-preview";

/** Each step is counted exactly; beyond this many lines that would be work nobody looks at. */
export const MAX_FUNNEL_LINES = 6;

export type FunnelStep = { key: string; label: string; conditions: Condition[] };

/** How each line narrows the people down, from everybody in the workspace on. */
export function Funnel({ steps, crossWorkspace }: { steps: readonly FunnelStep[]; crossWorkspace: boolean }) {
  return (
    <Card>
      <CardHeader title="How each line narrows it down" />
      <CardBody className="py-2">
        <ol>
          {steps.map((step, index) => (
            <Step
              key={step.key}
              step={step}
              before={steps[index - 1]}
              everybody={steps[0]}
              crossWorkspace={crossWorkspace}
            />
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

function useCount(step: FunnelStep | undefined, crossWorkspace: boolean): number | undefined {
  const preview = usePreview(
    { match: "all", conditions: step?.conditions ?? [] },
    { crossWorkspace, isEnabled: step !== undefined },
  );
  return preview.data?.count;
}

function Step({
  step,
  before,
  everybody,
  crossWorkspace,
}: {
  step: FunnelStep;
  before: FunnelStep | undefined;
  everybody: FunnelStep | undefined;
  crossWorkspace: boolean;
}) {
  const count = useCount(step, crossWorkspace);
  const countBefore = useCount(before, crossWorkspace);
  const total = useCount(everybody, crossWorkspace);
  const lost = before && count !== undefined && countBefore !== undefined ? countBefore - count : null;
  return (
    <li className="py-1.5">
      <p className="flex items-baseline gap-3">
        <span className="min-w-0 flex-1 wrap-anywhere">{step.label}</span>
        <b>{count === undefined ? "–" : formatCount(count)}</b>
      </p>
      <SplitBar
        label={step.label}
        className="mt-0.5 h-2.5"
        parts={[
          { key: "in", label: "match", value: count ?? 0, color: "var(--primary)" },
          {
            key: "out",
            label: "do not",
            value: Math.max(0, (total ?? 0) - (count ?? 0)),
            fill: "hatched",
            color: "var(--border-strong)",
          },
        ]}
      />
      {lost !== null && (
        <p className="text-xs text-muted-foreground">
          {lost === 0 ? "Takes nobody out" : `Takes ${formatCountOf(lost, "person", "people")} out`}
        </p>
      )}
    </li>
  );
}
