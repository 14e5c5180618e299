import type { CampaignStats } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import { Card } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { formatClock, formatDuration } from "@hustings/ui/time";
import { CircleCheck, CircleDashed, CirclePause, Clock, FlaskConical, Send } from "lucide-react";
import type { ReactNode } from "react";
import { useIsSandbox } from "~/client/workspace";
import { isHeld } from "../stage";
import type { Pace } from "./use-pace";

/** Where it is: held, everybody chosen, leaving, done. */
export function Stages({ campaign, stats, pace }: { campaign: Campaign; stats: CampaignStats; pace: Pace }) {
  const isSandbox = useIsSandbox();
  const isChosen = stats.recipients > 0 || campaign.launchedAt !== null;
  const isPaused = campaign.status === "paused";
  const done = stats.recipients - stats.queued;
  const isWaiting = isHeld(campaign);
  const SendIcon = isPaused ? CirclePause : isSandbox ? FlaskConical : Send;
  return (
    <Card className="mb-4">
      <ol
        aria-label="Stages"
        className="grid auto-cols-fr grid-flow-col divide-x divide-border max-md:grid-flow-row max-md:divide-x-0 max-md:divide-y"
      >
        {isWaiting && (
          <Stage isNow isSandbox={isSandbox} icon={<Clock aria-hidden className="size-3.5" />} title="Held">
            Nothing leaves before {formatClock(new Date(campaign.holdUntil ?? 0))}
          </Stage>
        )}
        <Stage
          isNow={!isChosen && !isWaiting}
          isSandbox={isSandbox}
          icon={
            isChosen ? (
              <CircleCheck aria-hidden className="size-3.5" />
            ) : (
              <CircleDashed aria-hidden className="size-3.5" />
            )
          }
          title="People chosen"
        >
          {isChosen ? `${formatCountOf(stats.recipients, "person", "people")}, nobody is added now` : "In a moment"}
        </Stage>
        <Stage
          isNow={isChosen && !isWaiting}
          isSandbox={isSandbox}
          icon={<SendIcon aria-hidden className="size-3.5" />}
          title={isPaused ? "Paused" : isSandbox ? "Being caught" : "Leaving"}
        >
          {formatCount(done)} dealt with{pace && `, ${formatCount(pace.perMinute)} a minute`}
        </Stage>
        <Stage
          isNow={false}
          isSandbox={isSandbox}
          icon={<CircleDashed aria-hidden className="size-3.5" />}
          title="Done"
        >
          {isPaused
            ? "When somebody resumes it"
            : pace
              ? `in about ${formatDuration(Math.ceil(pace.leftMs / 1000) * 1000)}`
              : "when everybody is dealt with"}
        </Stage>
      </ol>
    </Card>
  );
}

function Stage({
  isNow,
  isSandbox,
  icon,
  title,
  children,
}: {
  isNow: boolean;
  isSandbox: boolean;
  icon: ReactNode;
  title: string;
  children: ReactNode;
}) {
  return (
    <li
      aria-current={isNow ? "step" : undefined}
      className={cn("px-3.5 py-2", isNow && (isSandbox ? "bg-sandbox-soft" : "bg-send-soft"))}
    >
      <span className={cn("flex items-center gap-1.5", isNow && "font-semibold")}>
        {icon} {title}
      </span>
      <span className={cn("text-sm", !isNow && "text-muted-foreground")}>{children}</span>
    </li>
  );
}
