import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCount, formatShare } from "@hustings/ui/count";
import { Note } from "@hustings/ui/note";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { SplitBar, SplitBarLegend } from "@hustings/ui/split-bar";
import { Status } from "@hustings/ui/status";
import { RelativeTime } from "@hustings/ui/time";
import type { RouterOutputs } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";

type ListedCampaign = RouterOutputs["campaigns"]["list"][number];
type Stats = NonNullable<ListedCampaign["stats"]>;

/** The last campaigns that left or are about to, and how they did. */
export function WentOutCard({
  campaigns,
  query,
}: {
  campaigns: readonly ListedCampaign[] | undefined;
  query: { error: unknown; refetch: () => unknown };
}) {
  const toPath = useWorkspacePath();
  return (
    <Card>
      <CardHeader title="What went out">
        <Link href={toPath("/campaigns")} className="link">
          All campaigns
        </Link>
      </CardHeader>
      {query.error && !campaigns ? (
        <QueryError
          className="m-4"
          title="The campaigns did not load."
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {!query.error && !campaigns && <SkeletonRows label="Loading campaigns" />}
      {campaigns?.length === 0 && (
        <CardBody className="text-muted-foreground">
          Nothing yet. What leaves shows here, with how many it reached.
        </CardBody>
      )}
      <ul>
        {campaigns?.map((campaign) => (
          <li key={campaign.id} className="border-b border-border px-4 py-2.5">
            <div className="flex items-start gap-2">
              <Link
                href={toPath(`/campaigns/${campaign.id}`)}
                className="min-w-0 flex-1 rounded-sm font-semibold wrap-anywhere hover:underline"
              >
                {campaign.name}
              </Link>
              <Status state={campaign.status} />
            </div>
            <RelativeTime
              at={campaign.status === "scheduled" ? campaign.scheduledAt : (campaign.finishedAt ?? campaign.launchedAt)}
              isFocusable={false}
              className="text-xs text-muted-foreground"
            />
            {campaign.stats && campaign.stats.recipients > 0 && <Outcome name={campaign.name} stats={campaign.stats} />}
          </li>
        ))}
      </ul>
      {campaigns?.some(({ stats }) => stats && stats.recipients > 0) && (
        <CardBody className="grid gap-2.5">
          <SplitBarLegend
            items={[
              { key: "clicked", color: "var(--chart-1)", children: "Clicked" },
              { key: "opened", color: "var(--chart-1)", fill: "hatched", children: "Opened only" },
              { key: "rest", fill: "outlined", children: "Not opened, or not arrived" },
            ]}
          />
          <Note>
            What machines opened or clicked is left out where it shows. Opens stay a rough guide; clicks and replies say
            more.
          </Note>
        </CardBody>
      )}
    </Card>
  );
}

function Outcome({ name, stats }: { name: string; stats: Stats }) {
  const openedOnly = Math.max(0, stats.verifiedOpened - stats.verifiedClicked);
  return (
    <>
      <dl className="mt-1 grid grid-cols-4 gap-2">
        <Figure label="Sent to" count={stats.sent} />
        <Figure label="Delivered" count={stats.delivered} share={formatShare(stats.delivered, stats.sent)} />
        <Figure
          label="Opened"
          count={stats.verifiedOpened}
          share={formatShare(stats.verifiedOpened, stats.delivered)}
        />
        <Figure
          label="Clicked"
          count={stats.verifiedClicked}
          share={formatShare(stats.verifiedClicked, stats.delivered)}
        />
      </dl>
      <SplitBar
        label={name}
        className="mt-1.5 h-2"
        parts={[
          { key: "clicked", label: "clicked", value: stats.verifiedClicked, color: "var(--chart-1)" },
          { key: "opened", label: "opened only", value: openedOnly, fill: "hatched", color: "var(--chart-1)" },
          {
            key: "rest",
            label: "did not open, or did not get it",
            value: Math.max(0, stats.recipients - stats.verifiedClicked - openedOnly),
            fill: "outlined",
          },
        ]}
      />
    </>
  );
}

function Figure({ label, count, share }: { label: string; count: number; share?: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className="flex flex-wrap gap-x-1">
        {formatCount(count)} {share && <span className="text-sm text-muted-foreground">{share}</span>}
      </dd>
    </div>
  );
}
