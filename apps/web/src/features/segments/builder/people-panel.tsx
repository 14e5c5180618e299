import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { formatCount } from "@hustings/ui/count";
import { Skeleton } from "@hustings/ui/skeleton";
import { EmptyValue } from "@hustings/ui/table";
import { RelativeTime } from "@hustings/ui/time";
import type { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { WhyMatch } from "../why-match";
import { Reach } from "./reach";
import type { Preview } from "./use-preview";

const SHOWN = 10;

export type PeoplePanelProps = {
  preview: ReturnType<typeof useQuery<Preview>>;
  crossWorkspace: boolean;
  /** The screen is ahead of the numbers. */
  isCounting: boolean;
  /** Lines that are not counted. */
  leftOut: number;
  /** Set when the saved segment says the same as the screen. */
  savedId: string | null;
};

/** How many match right now, and the first of them. */
export function PeoplePanel({ preview, crossWorkspace, isCounting, leftOut, savedId }: PeoplePanelProps) {
  const toPath = useWorkspacePath();
  const [first, setFirst] = useState(0);
  if (preview.error && !preview.data)
    return <QueryError title="The count did not load." error={preview.error} onRetry={() => void preview.refetch()} />;
  const { data } = preview;
  const found = data?.contacts.length ?? 0;
  // Round again after the last of those whom the server names.
  const from = found > 0 ? first % (Math.ceil(found / SHOWN) * SHOWN) : 0;
  const title = found <= SHOWN ? "Who they are" : from === 0 ? "The newest ten" : "Others of them";
  return (
    <>
      <Card>
        <CardBody>
          <div
            aria-live="polite"
            aria-busy={isCounting || undefined}
            className={cn(isCounting && "text-muted-foreground")}
          >
            {data ? (
              <p>
                <b className="block font-display text-[40px] leading-11 tracking-[-.02em]" data-testid="segment-count">
                  {formatCount(data.count)}
                </b>
                {data.count === 1 ? "person matches" : "people match"} right now
              </p>
            ) : (
              <Skeleton className="appear-late h-11 w-28" />
            )}
          </div>
          {data && <Reach filter={data.counted} crossWorkspace={crossWorkspace} />}
          {data && (
            <p className="mt-2 text-xs text-muted-foreground">
              Counted <RelativeTime at={data.countedAt} isInSentence />, in {formatCount(Math.round(data.tookMs))} ms
            </p>
          )}
          {leftOut > 0 && (
            <p className="mt-1 text-sm text-muted-foreground">
              {leftOut === 1 ? "One unfinished line is" : `${leftOut} unfinished lines are`} not counted.
            </p>
          )}
          {savedId && (
            <Button asChild size="sm" className="mt-3">
              <Link href={toPath(`/contacts?segment=${savedId}`)}>See these people</Link>
            </Button>
          )}
        </CardBody>
      </Card>
      <Card>
        <CardHeader title={title}>
          {found > SHOWN && (
            <Button size="sm" variant="quiet" icon={<RefreshCw aria-hidden />} onClick={() => setFirst(first + SHOWN)}>
              Others
            </Button>
          )}
        </CardHeader>
        {data?.contacts.length === 0 && (
          <CardBody className="text-sm text-muted-foreground">Nobody matches these conditions.</CardBody>
        )}
        <ul aria-label="Some who match" className={cn(isCounting && "text-muted-foreground")}>
          {data?.contacts.slice(from, from + SHOWN).map((contact) => (
            <li
              key={contact.id}
              className="grid min-h-9 grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-2 border-b border-border px-4 py-1 text-sm last:border-b-0"
            >
              <Link href={toPath(`/contacts/${contact.id}`)} className="truncate rounded-sm hover:underline">
                {[contact.first_name, contact.last_name].filter(Boolean).join(" ") || "No name"}
              </Link>
              <span className="truncate text-muted-foreground">
                {contact.email ?? <EmptyValue>No email</EmptyValue>}
              </span>
              <WhyMatch
                contactId={contact.id}
                who={contact.first_name ?? contact.email ?? "This person"}
                filter={data.counted}
                crossWorkspace={crossWorkspace}
              />
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
