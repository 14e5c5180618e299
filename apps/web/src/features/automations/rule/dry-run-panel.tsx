import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { Skeleton } from "@hustings/ui/skeleton";
import type { ReactNode } from "react";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { changeWords } from "../change-words";
import type { useDryRun } from "./use-dry-run";

export type DryRunPanelProps = {
  dryRun: ReturnType<typeof useDryRun>;
  /** The screen is ahead of the numbers. */
  isCounting: boolean;
  labelOf: (field: string) => string;
  /** What can be done with it: run it. */
  children?: ReactNode;
};

/** Whom the rule would change if it were run now, with the newest of them; nothing is changed by looking. */
export function DryRunPanel({ dryRun, isCounting, labelOf, children }: DryRunPanelProps) {
  const toPath = useWorkspacePath();
  if (dryRun.error && !dryRun.data)
    return <QueryError title="The dry run did not load." error={dryRun.error} onRetry={() => void dryRun.refetch()} />;
  const result = dryRun.data?.result;
  return (
    <>
      <Card>
        <CardBody>
          <div
            aria-live="polite"
            aria-busy={isCounting || undefined}
            className={cn(isCounting && "text-muted-foreground")}
          >
            {result ? (
              <p>
                <b className="block font-display text-[40px] leading-11 tracking-[-.02em]" data-testid="would-change">
                  {formatCount(result.wouldChange)}
                </b>
                {result.wouldChange === 1 ? "person would change" : "people would change"} if it ran now, of{" "}
                {formatCount(result.matched)} who {result.matched === 1 ? "matches" : "match"}
              </p>
            ) : dryRun.data ? (
              <p className="text-sm text-muted-foreground">It is counted again when every line is right.</p>
            ) : (
              <Skeleton className="appear-late h-11 w-28" />
            )}
          </div>
          {children}
        </CardBody>
      </Card>
      {result && result.examples.length > 0 && (
        <Card>
          <CardHeader
            title={
              result.wouldChange > result.examples.length
                ? `The newest ${formatCountOf(result.examples.length, "of them", "of them")}`
                : "Who they are"
            }
          />
          <ul aria-label="Some who would change" className={cn(isCounting && "text-muted-foreground")}>
            {result.examples.map(({ contactId, name, email, changes }) => (
              <li key={contactId} className="border-b border-border px-4 py-2 text-sm last:border-b-0">
                <Link href={toPath(`/contacts/${contactId}`)} className="rounded-sm font-semibold hover:underline">
                  {name ?? email ?? "No name"}
                </Link>
                <ul className="text-muted-foreground">
                  {changes.map((change, index) => (
                    <li key={index} className="wrap-anywhere">
                      {changeWords(change, labelOf)}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
