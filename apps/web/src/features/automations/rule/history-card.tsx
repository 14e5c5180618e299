import type { AutomationApplication } from "@hustings/contracts/automations";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCountOf } from "@hustings/ui/count";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { StatusPill } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { NewerOlder } from "~/components/newer-older";
import { QueryError } from "~/components/query-error";
import { causeWords } from "../application-words";
import { changeWords } from "../change-words";

const PAGE_SIZE = 20;

/** What the rule did, to whom and because of what, newest first. */
export function HistoryCard({ ruleId, labelOf }: { ruleId: string; labelOf: (field: string) => string }) {
  const [page, setPage] = useState(1);
  const history = trpc.automations.applications.useQuery(
    { id: ruleId, page, pageSize: PAGE_SIZE },
    { placeholderData: (before) => before, refetchInterval: page === 1 ? 15_000 : false },
  );
  const { data, error } = history;
  const last = Math.max(1, Math.ceil((data?.total ?? 0) / PAGE_SIZE));
  return (
    <Card aria-label="What it did">
      <CardHeader title="What it did" note={data && data.total > 0 ? formatCountOf(data.total, "time") : null} />
      {error && !data && (
        <CardBody>
          <QueryError title="The history did not load." error={error} onRetry={() => void history.refetch()} />
        </CardBody>
      )}
      {!error && !data && <SkeletonRows rows={3} label="Loading what it did" />}
      {data?.total === 0 && (
        <CardBody className="text-sm text-muted-foreground">
          It has not changed anybody yet. It looks at people when they are added or changed, or when you run it.
        </CardBody>
      )}
      <ol>
        {data?.applications.map((application) => (
          <Entry key={application.id} application={application} labelOf={labelOf} />
        ))}
      </ol>
      {last > 1 && (
        <CardBody className="flex items-center gap-2 border-t border-border text-sm">
          <NewerOlder isFirst={page === 1} isLast={page >= last} onTurn={(by) => setPage(page + by)} />
        </CardBody>
      )}
    </Card>
  );
}

function Entry({ application, labelOf }: { application: AutomationApplication; labelOf: (field: string) => string }) {
  const toPath = useWorkspacePath();
  const { contactId, contactName, contactEmail, outcome, changes, at } = application;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-border px-4 py-2 text-sm last:border-b-0">
      <span className="min-w-0">
        <Link href={toPath(`/contacts/${contactId}`)} className="rounded-sm font-semibold hover:underline">
          {contactName ?? contactEmail ?? "No name"}
        </Link>
        <span className="text-muted-foreground"> · {causeWords(application)}</span>
      </span>
      <RelativeTime at={at} className="text-muted-foreground" />
      <span className="col-span-2 min-w-0 wrap-anywhere text-muted-foreground">
        {outcome === "stopped" && (
          <StatusPill tone="look" className="mr-1.5">
            Stopped after five rounds
          </StatusPill>
        )}
        {changes.map((change) => changeWords(change, labelOf)).join(" · ")}
      </span>
    </li>
  );
}
