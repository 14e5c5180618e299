import type { CampaignStats, EmailOutcome } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCount } from "@hustings/ui/count";
import { notifyFailed } from "@hustings/ui/toast";
import { Users } from "lucide-react";
import { readCallError } from "~/client/errors";
import { useCan } from "~/client/role";
import { useIsSandbox } from "~/client/workspace";
import { useUseAgain } from "../use-again";
import { People } from "./reach-card";
import { useOutcomeSegment } from "./use-outcome-segment";

const linesOf = (
  isSandbox: boolean,
): { outcome: "sent" | "skipped" | "failed" | "unknown" | "queued"; label: string }[] => [
  { outcome: "sent", label: isSandbox ? "Caught in the sandbox" : "Left for the provider" },
  { outcome: "skipped", label: "Skipped, unsubscribed or cancelled meanwhile" },
  { outcome: "failed", label: "Failed, refused by the provider" },
  { outcome: "unknown", label: "Unknown, not sent again" },
  { outcome: "queued", label: "Waiting" },
];

/** left + skipped + failed + unknown = everyone, and a follow-up to those who did not click. */
export function AccountedCard({
  campaign,
  stats,
  onOpen,
}: {
  campaign: Campaign;
  stats: CampaignStats;
  onOpen: (outcome: EmailOutcome) => void;
}) {
  const isSandbox = useIsSandbox();
  const lines = linesOf(isSandbox).filter(({ outcome }) => outcome !== "queued" || stats.queued > 0);
  return (
    <Card aria-label="Everyone accounted for">
      <CardHeader title="Everyone accounted for" />
      <dl className="divide-y divide-border text-table">
        {lines.map(({ outcome, label }) => (
          <div key={outcome} className="flex min-h-[34px] items-center justify-between gap-3 px-4">
            <dt>{label}</dt>
            <dd>
              <People count={stats[outcome]} outcome={outcome} label={label} onOpen={onOpen} />
            </dd>
          </div>
        ))}
        <div className="flex min-h-[38px] items-center justify-between gap-3 px-4 font-semibold">
          <dt>Together</dt>
          <dd>{formatCount(stats.recipients)}</dd>
        </div>
      </dl>
      <FollowUp campaign={campaign} count={stats.delivered - stats.verifiedClicked} />
    </Card>
  );
}

/** A segment of those it reached and who did not click, and a draft to them. */
function FollowUp({ campaign, count }: { campaign: Campaign; count: number }) {
  const isAdmin = useCan("admin");
  const { make, isBusy: isMaking } = useOutcomeSegment(campaign);
  const { copy, isBusy } = useUseAgain();
  if (!isAdmin || count <= 0) return null;
  const draft = async () => {
    try {
      const segment = await make({ words: "Did not click", has: "delivered", hasNot: "clicked" });
      await copy(campaign.id, { name: `Follow-up: ${campaign.name}`.slice(0, 200), segmentId: segment.id });
    } catch (thrown) {
      notifyFailed(`No segment was made. ${readCallError(thrown).message}`);
    }
  };
  return (
    <CardBody className="border-t border-border">
      <Button
        size="sm"
        icon={<Users aria-hidden />}
        isBusy={isMaking || isBusy}
        onClick={() => void draft()}
        className="max-w-full"
      >
        Draft a follow-up to the {formatCount(count)} who did not click
      </Button>
    </CardBody>
  );
}
