import type { CampaignStats } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import { Button } from "@hustings/ui/button";
import { formatCount } from "@hustings/ui/count";
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from "@hustings/ui/menu";
import { notifyFailed } from "@hustings/ui/toast";
import { Users } from "lucide-react";
import { useRouter } from "next/router";
import { readCallError } from "~/client/errors";
import { useWorkspacePath } from "~/client/workspace";
import { type OutcomeSegment, useOutcomeSegment } from "./use-outcome-segment";

const choicesOf = (stats: CampaignStats): (OutcomeSegment & { count: number })[] => [
  { words: "Opened", has: "opened", count: stats.verifiedOpened },
  { words: "Did not open", has: "delivered", hasNot: "opened", count: stats.delivered - stats.verifiedOpened },
  { words: "Clicked", has: "clicked", count: stats.verifiedClicked },
  { words: "Did not click", has: "delivered", hasNot: "clicked", count: stats.delivered - stats.verifiedClicked },
  { words: "Bounced", has: "bounced", count: stats.bounced },
];

/** A segment of those who did one thing, opened at once to be narrowed. */
export function SegmentMenu({ campaign, stats }: { campaign: Campaign; stats: CampaignStats }) {
  const router = useRouter();
  const toPath = useWorkspacePath();
  const { make, isBusy } = useOutcomeSegment(campaign);
  const open = async (choice: OutcomeSegment) => {
    try {
      const segment = await make(choice);
      await router.push(toPath(`/segments/${segment.id}`));
    } catch (thrown) {
      notifyFailed(`No segment was made. ${readCallError(thrown).message}`);
    }
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button icon={<Users aria-hidden />} isBusy={isBusy}>
          Make a segment…
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuLabel>Of those who…</MenuLabel>
        {choicesOf(stats).map(({ count, ...choice }) => (
          <MenuItem
            key={choice.words}
            disabled={count <= 0}
            trailing={formatCount(Math.max(0, count))}
            onSelect={() => void open(choice)}
          >
            {choice.words}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
