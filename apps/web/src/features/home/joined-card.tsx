import type { HomeOverview } from "@hustings/contracts/home";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { SplitBarLegend } from "@hustings/ui/split-bar";
import { RelativeTime } from "@hustings/ui/time";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";

const WEEK_DAYS = 7;
const LAST_PEOPLE = 5;

/** New contacts by day, this week against the one before, and the last of them. */
export function JoinedCard({
  overview,
}: {
  overview: { data: HomeOverview | undefined; error: unknown; refetch: () => unknown };
}) {
  const toPath = useWorkspacePath();
  const newest = trpc.contacts.list.useQuery({ pageSize: LAST_PEOPLE, sortBy: "createdAt", sortOrder: "desc" });
  return (
    <Card>
      <CardHeader title="Who joined">
        <Link href={toPath("/contacts?sort=createdAt&order=desc")} className="link">
          Newest first
        </Link>
      </CardHeader>
      <CardBody className="grid gap-x-6 gap-y-4 md:grid-cols-2">
        {overview.error && !overview.data ? (
          <QueryError title="Who joined did not load." error={overview.error} onRetry={() => void overview.refetch()} />
        ) : (
          overview.data && <Days joined={overview.data.joined} />
        )}
        <div className="min-w-0">
          <h3 className="mb-1 text-sm">Last to join</h3>
          {newest.isPending && <SkeletonRows rows={3} label="Loading the newest people" />}
          {newest.data?.contacts.length === 0 && <p className="text-sm text-muted-foreground">Nobody yet.</p>}
          <ul>
            {newest.data?.contacts.map((contact) => (
              <li key={contact.id} className="flex min-h-7 items-baseline gap-2 text-table">
                <Link
                  href={toPath(`/contacts/${contact.id}`)}
                  className="min-w-0 flex-1 truncate rounded-sm hover:underline"
                >
                  {[contact.firstName, contact.lastName].filter(Boolean).join(" ") || contact.email || "No name"}
                </Link>
                <RelativeTime at={contact.createdAt} isFocusable={false} className="text-sm text-muted-foreground" />
              </li>
            ))}
          </ul>
        </div>
      </CardBody>
    </Card>
  );
}

function Days({ joined }: { joined: HomeOverview["joined"] }) {
  const peak = Math.max(1, ...joined.map(({ count }) => count));
  const before = sumOf(joined.slice(0, -WEEK_DAYS));
  const now = sumOf(joined.slice(-WEEK_DAYS));
  const dayWords = (day: string | undefined) =>
    day
      ? new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day))
      : "";
  return (
    <figure className="min-w-0">
      <div
        role="img"
        aria-label={`${formatCountOf(now, "person", "people")} joined in the last 7 days, ${formatCount(before)} in the 7 days before.`}
        className="flex h-28 items-end gap-1 border-b border-border-strong"
      >
        {joined.map(({ day, count }, index) => {
          const isThisWeek = index >= joined.length - WEEK_DAYS;
          return (
            <div
              key={day}
              title={`${dayWords(day)}: ${formatCount(count)}`}
              className="flex h-full min-w-0 flex-1 flex-col justify-end text-center text-xs"
            >
              {count > 0 && (count === peak || index === joined.length - 1) && <b>{formatCount(count)}</b>}
              <i
                style={{ height: `${(count / peak) * 80}%` }}
                className={cn(
                  "block rounded-t-[3px]",
                  count > 0 && "min-h-[3px]",
                  isThisWeek ? "bg-chart-1" : "bg-neutral-soft inset-ring inset-ring-border-strong",
                )}
              />
            </div>
          );
        })}
      </div>
      <div aria-hidden className="mt-1 flex justify-between text-xs text-muted-foreground">
        <span>{dayWords(joined[0]?.day)}</span>
        <span>Today</span>
      </div>
      <SplitBarLegend
        className="mt-2"
        items={[
          { key: "now", color: "var(--chart-1)", children: `This week, ${formatCount(now)}` },
          { key: "before", fill: "outlined", children: `Week before, ${formatCount(before)}` },
        ]}
      />
    </figure>
  );
}

const sumOf = (days: HomeOverview["joined"]) => days.reduce((sum, { count }) => sum + count, 0);
