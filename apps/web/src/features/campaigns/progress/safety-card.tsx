import type { CampaignSafety } from "@hustings/contracts/campaign-safety";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCount, formatShare } from "@hustings/ui/count";
import { ProgressBar } from "@hustings/ui/progress-bar";
import { StatusPill } from "@hustings/ui/status";
import { CircleCheck, CirclePause } from "lucide-react";

/** How near it is to stopping by itself: what the first wave is held to while it is out, then the installation's limits. */
export function SafetyCard({ safety }: { safety: CampaignSafety }) {
  const { measured, limits, canary, stopReason } = safety;
  const { sent, bounced, complained, failed } = measured;
  const first = canary && ["to_come", "leaving", "waiting", "stopped"].includes(canary.state) ? canary : null;
  const bouncePercent = first?.bouncePercent ?? limits.bouncePercent;
  const errorPercent = first?.errorPercent ?? limits.errorPercent;
  const complaintLimit = first ? first.complaints : Math.max(limits.minEvents, (sent * limits.complaintPercent) / 100);
  return (
    <Card aria-label="Safety line">
      <CardHeader
        title="Safety line"
        note={
          stopReason ? (
            <StatusPill tone="look" icon={CirclePause}>
              Stopped it
            </StatusPill>
          ) : (
            <StatusPill tone="good" icon={CircleCheck}>
              Holding
            </StatusPill>
          )
        }
      />
      <CardBody className="grid gap-3">
        <Meter
          label="Bounced"
          value={formatShare(bounced, sent)}
          limit={`stops above ${bouncePercent}%`}
          share={toShare(bounced, (sent * bouncePercent) / 100)}
        />
        <Meter
          label="Marked as spam"
          value={formatCount(complained)}
          limit={
            first
              ? `stops at ${formatCount(first.complaints)}`
              : `stops at ${limits.complaintPercent}%, from ${limits.minEvents} on`
          }
          share={toShare(complained, complaintLimit)}
        />
        <Meter
          label="Not handed over"
          value={formatShare(failed, sent + failed)}
          limit={`stops above ${errorPercent}%`}
          share={toShare(failed, ((sent + failed) * errorPercent) / 100)}
        />
        {!first && (
          <p className="text-sm text-muted-foreground">
            It looks from the first {formatCount(limits.minPeople)} people on, before each part that leaves.
          </p>
        )}
      </CardBody>
    </Card>
  );
}

const toShare = (events: number, limit: number): number => (events === 0 ? 0 : limit > 0 ? events / limit : 1);

function Meter({ label, value, limit, share }: { label: string; value: string; limit: string; share: number }) {
  return (
    <div>
      <p className="mb-1 flex justify-between gap-2 text-sm">
        <span>{label}</span>
        <span>
          <b>{value}</b> <span className="text-muted-foreground">{limit}</span>
        </span>
      </p>
      <ProgressBar
        label={`${label}, as far as the limit`}
        value={Math.round(share * 100)}
        max={100}
        tone={share >= 1 ? "bad" : "primary"}
      />
    </div>
  );
}
