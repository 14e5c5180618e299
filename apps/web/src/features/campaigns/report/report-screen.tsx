import type { CampaignReport, CampaignStats } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { EmptyState } from "@hustings/ui/empty-state";
import { Note } from "@hustings/ui/note";
import { PageHeader } from "@hustings/ui/page-header";
import { Skeleton } from "@hustings/ui/skeleton";
import { Status } from "@hustings/ui/status";
import { formatClock, formatDay } from "@hustings/ui/time";
import { Copy, Download, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { useDownload } from "~/client/use-download";
import { useIsSandbox, useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { CAMPAIGNS_CRUMB } from "../crumbs";
import { WhatHappened } from "../progress/what-happened";
import { useUseAgain } from "../use-again";
import { type OpenRecipients, useRecipientsDrawer } from "../use-recipients-drawer";
import { AccountedCard } from "./accounted-card";
import { LinksCard } from "./links-card";
import { ReachCard } from "./reach-card";
import { SegmentMenu } from "./segment-menu";
import { TimeCard } from "./time-card";

const DeleteCampaignDialog = dynamic(
  () => import("../delete-campaign-dialog").then((module) => module.DeleteCampaignDialog),
  { ssr: false },
);

/** Opens and clicks keep coming for days. */
const POLL_MS = 10_000;
/** What was being handed over when it was cancelled is settled within moments. */
const POLL_UNSETTLED_MS = 1_000;

/** What became of a campaign: how far it got, when, what was clicked, everyone accounted for. */
export function ReportScreen({ campaign }: { campaign: Campaign }) {
  const stats = trpc.campaigns.stats.useQuery(
    { id: campaign.id },
    { refetchInterval: ({ state }) => ((state.data?.queued ?? 0) > 0 ? POLL_UNSETTLED_MS : POLL_MS) },
  );
  const report = trpc.campaigns.report.useQuery({ id: campaign.id }, { refetchInterval: POLL_MS });
  const offReason = useNotAllowedReason("admin", "write and send campaigns");
  const isSandbox = useIsSandbox();
  const toPath = useWorkspacePath();
  const { copy, isBusy } = useUseAgain();
  const saving = useDownload();
  const [isDeleting, setDeleting] = useState(false);
  const { open, drawer } = useRecipientsDrawer(campaign, stats.data);
  const error = stats.error ?? report.error;
  return (
    <Screen title={campaign.name} crumbs={CAMPAIGNS_CRUMB}>
      <PageHeader
        title={campaign.name}
        lede={
          <span className="flex flex-wrap items-center gap-2">
            <Status state={campaign.status} />
            <span>{whenWords(campaign)}</span>
            {isSandbox && !offReason && campaign.launchedAt && (
              <Link href={toPath(`/sandbox?campaign=${campaign.id}`)} className="link text-sm">
                Open its emails in the mailbox
              </Link>
            )}
          </span>
        }
      >
        <Button variant="quiet" icon={<Trash2 aria-hidden />} offReason={offReason} onClick={() => setDeleting(true)}>
          Delete…
        </Button>
        {campaign.launchedAt && (
          <Button
            icon={<Download aria-hidden />}
            isBusy={saving.isBusy}
            onClick={() =>
              void saving.download(
                `/api/campaigns/${campaign.id}/export`,
                "campaign.csv",
                "Saved the recipients as a file",
              )
            }
          >
            Download
          </Button>
        )}
        <Button
          icon={<Copy aria-hidden />}
          isBusy={isBusy}
          offReason={offReason}
          onClick={() => void copy(campaign.id)}
        >
          Use again
        </Button>
        {stats.data && stats.data.recipients > 0 && !offReason && (
          <SegmentMenu campaign={campaign} stats={stats.data} />
        )}
      </PageHeader>
      {campaign.error && (
        <Note tone="bad" className="mb-4">
          <b>It could not go on.</b> {campaign.error}
        </Note>
      )}
      {campaign.stopReason && (
        <Note tone="look" className="mb-4">
          <b>It had stopped by itself, and the rest was cancelled.</b> {campaign.stopReason}
        </Note>
      )}
      {error && !(stats.data && report.data) && (
        <QueryError
          title="The report did not load."
          error={error}
          onRetry={() => void Promise.all([stats.refetch(), report.refetch()])}
        />
      )}
      {stats.data && report.data ? (
        <Body campaign={campaign} stats={stats.data} report={report.data} onOpen={open} />
      ) : (
        !error && <Skeleton className="h-96 rounded-lg" />
      )}
      {drawer}
      {isDeleting && <DeleteCampaignDialog campaign={campaign} onClose={() => setDeleting(false)} />}
    </Screen>
  );
}

function Body({
  campaign,
  stats,
  report,
  onOpen,
}: {
  campaign: Campaign;
  stats: CampaignStats;
  report: CampaignReport;
  onOpen: OpenRecipients;
}) {
  const toPath = useWorkspacePath();
  if (stats.recipients === 0)
    return (
      <EmptyState
        title="Nobody got it"
        actions={
          <Button asChild>
            <Link href={toPath("/campaigns")}>All campaigns</Link>
          </Button>
        }
      >
        It ended before anybody was chosen. Use it again to send it to other people.
      </EmptyState>
    );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,370px)] items-start gap-4 max-lg:grid-cols-1">
      <div className="grid min-w-0 gap-4">
        <ReachCard stats={stats} onOpen={onOpen} />
        <TimeCard overTime={report.overTime} />
        <WhatHappened campaignId={campaign.id} state={campaign.status} />
      </div>
      <aside aria-label="Links and people" className="grid min-w-0 gap-4">
        <LinksCard links={report.links} onOpen={onOpen} />
        <AccountedCard campaign={campaign} stats={stats} onOpen={onOpen} />
      </aside>
    </div>
  );
}

/** “Sent 22 Nov, 11:22 to 11:52”. */
function whenWords({ status, launchedAt, finishedAt }: Campaign): string {
  if (!launchedAt) return status === "cancelled" ? "Cancelled before it left" : "It never left";
  const start = new Date(launchedAt);
  const began = `Sent ${formatDay(start, new Date())}, ${formatClock(start)}`;
  if (!finishedAt) return began;
  const end = new Date(finishedAt);
  if (formatDay(start) !== formatDay(end)) return `${began} to ${formatDay(end, new Date())}, ${formatClock(end)}`;
  return formatClock(start) === formatClock(end) ? began : `${began} to ${formatClock(end)}`;
}
