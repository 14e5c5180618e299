import type { CampaignStats } from "@hustings/contracts/campaign-recipients";
import type { Canary } from "@hustings/contracts/campaign-safety";
import type { Campaign } from "@hustings/contracts/campaigns";
import { Card } from "@hustings/ui/card";
import { cn } from "@hustings/ui/class-names";
import { formatCount, formatCountOf, formatShare } from "@hustings/ui/count";
import { formatClock, formatDuration } from "@hustings/ui/time";
import { CircleCheck, CircleDashed, CirclePause, Clock, FlaskConical, Send } from "lucide-react";
import type { ReactNode } from "react";
import { useIsSandbox } from "~/client/workspace";
import { isHeld } from "../stage";
import type { Pace } from "./use-pace";

type StagesProps = { campaign: Campaign; stats: CampaignStats; canary: Canary | null; pace: Pace };

/** Where it is: held, everybody chosen, or some first, leaving, done. */
export function Stages({ campaign, stats, canary, pace }: StagesProps) {
  const isSandbox = useIsSandbox();
  const isChosen = stats.recipients > 0 || campaign.launchedAt !== null;
  const isPaused = campaign.status === "paused";
  const done = stats.recipients - stats.queued;
  const isWaiting = isHeld(campaign);
  const first = isChosen && canary?.recipients && canary.recipients < stats.recipients ? canary : null;
  const isFirst = first !== null && ["leaving", "waiting", "stopped"].includes(first.state);
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
        {first ? (
          <Stage
            isNow={isFirst && !isWaiting}
            isSandbox={isSandbox}
            icon={isFirst ? <SendIcon aria-hidden className="size-3.5" /> : <Done />}
            title={`First ${formatCount(first.recipients ?? 0)}`}
          >
            {firstWords(first, stats)}
          </Stage>
        ) : (
          <Stage
            isNow={!isChosen && !isWaiting}
            isSandbox={isSandbox}
            icon={isChosen ? <Done /> : <ToCome />}
            title="People chosen"
          >
            {isChosen ? `${formatCountOf(stats.recipients, "person", "people")}, nobody is added now` : "In a moment"}
          </Stage>
        )}
        <Stage
          isNow={isChosen && !isWaiting && !isFirst}
          isSandbox={isSandbox}
          icon={isFirst ? <ToCome /> : <SendIcon aria-hidden className="size-3.5" />}
          title={
            first
              ? `The other ${formatCount(stats.recipients - (first.recipients ?? 0))}`
              : isPaused
                ? "Paused"
                : isSandbox
                  ? "Being caught"
                  : "Leaving"
          }
        >
          {isFirst
            ? "They wait for what the first say"
            : `${isPaused && first ? "Paused, " : ""}${formatCount(done - (first?.recipients ?? 0))} dealt with${pace ? `, ${formatCount(pace.perMinute)} a minute` : ""}`}
        </Stage>
        <Stage isNow={false} isSandbox={isSandbox} icon={<ToCome />} title="Done">
          {isPaused
            ? "When somebody resumes it"
            : isFirst
              ? "When the others have got it too"
              : pace
                ? `in about ${formatDuration(Math.ceil(pace.leftMs / 1000) * 1000)}`
                : "when everybody is dealt with"}
        </Stage>
      </ol>
    </Card>
  );
}

const Done = () => <CircleCheck aria-hidden className="size-3.5" />;
const ToCome = () => <CircleDashed aria-hidden className="size-3.5" />;

function firstWords({ state, decidesAt, measured }: Canary, stats: CampaignStats): string {
  const { sent, bounced, complained } = measured ?? stats;
  const said = `${formatCount(bounced)} bounced (${formatShare(bounced, sent)}), ${complained === 0 ? "no spam" : `${formatCount(complained)} marked as spam`}`;
  if (state === "waiting" && decidesAt) return `${said}. Decides at ${formatClock(new Date(decidesAt))}`;
  if (state === "stopped") return `${said}: it stopped`;
  if (state === "overruled") return `${said}: sent on by hand`;
  return state === "went_on" ? said : `${formatCount(stats.recipients - stats.queued)} dealt with`;
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
