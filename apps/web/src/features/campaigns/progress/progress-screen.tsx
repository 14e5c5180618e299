import type { CampaignStats, EmailOutcome } from "@hustings/contracts/campaign-recipients";
import type { CampaignSafety } from "@hustings/contracts/campaign-safety";
import type { Campaign } from "@hustings/contracts/campaigns";
import { Card, CardBody } from "@hustings/ui/card";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { PageHeader } from "@hustings/ui/page-header";
import { OutcomeBar } from "@hustings/ui/progress-bar";
import { Skeleton } from "@hustings/ui/skeleton";
import { Status } from "@hustings/ui/status";
import { formatClock } from "@hustings/ui/time";
import { type ReactNode, useEffect } from "react";
import { trpc } from "~/client/trpc";
import { useIsSandbox, useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { CAMPAIGNS_CRUMB } from "../crumbs";
import { isHeld } from "../stage";
import { useRecipientsDrawer } from "../use-recipients-drawer";
import { Ledger } from "./ledger";
import { PausedNote } from "./paused-note";
import { ProgressActions } from "./progress-actions";
import { SafetyCard } from "./safety-card";
import { Stages } from "./stages";
import { usePace } from "./use-pace";
import { WhatHappened } from "./what-happened";

const POLL_RUNNING_MS = 1_000;
const POLL_PAUSED_MS = 5_000;
const POLL_SAFETY_MS = 2_000;

/** Mail on its way: everyone accounted for, second by second. */
export function ProgressScreen({ campaign }: { campaign: Campaign }) {
  const isSandbox = useIsSandbox();
  const isPaused = campaign.status === "paused";
  const query = trpc.campaigns.stats.useQuery(
    { id: campaign.id },
    { refetchInterval: isPaused ? POLL_PAUSED_MS : POLL_RUNNING_MS },
  );
  const stats = query.data;
  const utils = trpc.useUtils();
  // The report that follows must not start from numbers of a second ago.
  useEffect(() => () => void utils.campaigns.stats.invalidate({ id: campaign.id }), [utils, campaign.id]);
  const safety = trpc.campaigns.safety.useQuery(
    { id: campaign.id },
    { refetchInterval: isPaused ? POLL_PAUSED_MS : POLL_SAFETY_MS },
  );
  // A pause or a resume changes what it says at once.
  const { refetch } = safety;
  useEffect(() => void refetch(), [campaign.status, refetch]);
  const { open, drawer } = useRecipientsDrawer(campaign, stats);
  return (
    <Screen title={campaign.name} crumbs={CAMPAIGNS_CRUMB}>
      <PageHeader
        title={campaign.name}
        lede={
          <span className="flex flex-wrap items-center gap-2">
            <Status state={campaign.status} />
            <span>
              {campaign.launchedAt
                ? `Send was pressed at ${formatClock(new Date(campaign.launchedAt))}`
                : "Send was pressed; it starts in a moment"}
            </span>
          </span>
        }
      >
        <ProgressActions campaign={campaign} stats={stats} />
      </PageHeader>
      {query.error && (
        <QueryError
          title="The numbers could not be renewed."
          error={query.error}
          onRetry={() => void query.refetch()}
          safe="Sending goes on on the server."
          className="mb-4"
        />
      )}
      {stats && campaign.stopReason !== null && <PausedNote stats={stats} stopReason={campaign.stopReason} />}
      {stats ? (
        <Body campaign={campaign} stats={stats} safety={safety.data} isSandbox={isSandbox} onOpen={open} />
      ) : (
        !query.error && <Skeleton className="h-96 rounded-lg" />
      )}
      {drawer}
    </Screen>
  );
}

function Body({
  campaign,
  stats,
  safety,
  isSandbox,
  onOpen,
}: {
  campaign: Campaign;
  stats: CampaignStats;
  safety: CampaignSafety | undefined;
  isSandbox: boolean;
  onOpen: (outcome: EmailOutcome) => void;
}) {
  const pace = usePace(stats, campaign.status === "sending");
  const done = stats.recipients - stats.queued;
  return (
    <>
      <Stages campaign={campaign} stats={stats} canary={safety?.canary ?? null} pace={pace} />
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,344px)] items-start gap-4 max-lg:grid-cols-1">
        <div className="grid min-w-0 gap-4">
          <Card aria-label="Everyone accounted for">
            <CardBody className="px-5 py-4">
              <div className="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-4">
                <p>
                  <b className="font-display text-xl">{formatCount(done)}</b> of {formatCount(stats.recipients)} dealt
                  with
                </p>
                <p className="text-muted-foreground">
                  {stats.queued > 0
                    ? `${formatCount(stats.queued)} still here, they can be stopped`
                    : "Nobody is waiting"}
                </p>
              </div>
              <div
                role="progressbar"
                aria-label="People dealt with"
                aria-valuemin={0}
                aria-valuemax={stats.recipients}
                aria-valuenow={done}
              >
                <OutcomeBar
                  label="People dealt with"
                  total={stats.recipients}
                  restLabel="waiting"
                  className="h-[18px]"
                  parts={[
                    {
                      key: "sent",
                      label: isSandbox ? "caught" : "left",
                      value: stats.sent,
                      color: isSandbox ? "var(--sandbox)" : "var(--send)",
                    },
                    {
                      key: "rest",
                      label: "skipped, failed or unknown",
                      value: stats.skipped + stats.failed + stats.unknown,
                      fill: "hatched",
                      color: "var(--danger)",
                    },
                  ]}
                />
              </div>
            </CardBody>
            <Ledger stats={stats} isSandbox={isSandbox} onOpen={onOpen} />
          </Card>
          <WhatHappened campaignId={campaign.id} state={`${campaign.status} ${safety?.canary?.state}`} />
        </div>
        <aside aria-label="What it means" className="grid gap-4">
          {safety && <SafetyCard safety={safety} />}
          {isHeld(campaign) ? <IfYouTakeItBack /> : <IfYouCancel stats={stats} isSandbox={isSandbox} />}
          <Card>
            <CardBody>
              <h2 className="mb-1">You can close this tab</h2>
              <p className="text-sm text-muted-foreground">
                {campaign.status === "paused"
                  ? "It stays paused on the server."
                  : isHeld(campaign)
                    ? "It is held on the server, and leaves from there."
                    : "Sending goes on on the server."}{" "}
                {isSandbox && <MailboxLink campaignId={campaign.id}>Look at what was caught</MailboxLink>}
              </p>
            </CardBody>
          </Card>
          {campaign.status === "paused" && campaign.stopReason === null && (
            <PausedNote stats={stats} stopReason={null} />
          )}
        </aside>
      </div>
    </>
  );
}

function MailboxLink({ campaignId, children }: { campaignId: string; children: ReactNode }) {
  const toPath = useWorkspacePath();
  return (
    <Link href={toPath(`/sandbox?campaign=${campaignId}`)} className="link">
      {children}
    </Link>
  );
}

function IfYouTakeItBack() {
  return (
    <Card>
      <CardBody>
        <h2 className="mb-1">If you take it back</h2>
        <p className="text-sm text-muted-foreground">
          Nobody gets anything. It is a draft again, which you can change and send another time.
        </p>
      </CardBody>
    </Card>
  );
}

function IfYouCancel({ stats, isSandbox }: { stats: CampaignStats; isSandbox: boolean }) {
  return (
    <Card>
      <CardBody>
        <h2 className="mb-1">If you cancel now</h2>
        <p className="text-sm text-muted-foreground">
          {stats.sent === 0
            ? "Nobody has the email yet. "
            : isSandbox
              ? `${formatCountOf(stats.sent, "email stays", "emails stay")} in the sandbox. `
              : `${formatCountOf(stats.sent, "person keeps", "people keep")} the email. It cannot be pulled back from them. `}
          {formatCountOf(stats.queued, "person never gets it", "people never get it")}. You can send to those later as a
          new campaign.
        </p>
      </CardBody>
    </Card>
  );
}
