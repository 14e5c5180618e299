import type { Campaign, CampaignStats, EmailOutcome } from "@hustings/contracts/campaigns";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";

const RecipientsDrawer = dynamic(() => import("./recipients-drawer").then((module) => module.RecipientsDrawer), {
  ssr: false,
});

/** Opens the people behind a number of a campaign that has been sent; put `drawer` at the end of the screen. */
export function useRecipientsDrawer(
  campaign: Campaign,
  stats: CampaignStats | undefined,
): { open: (outcome: EmailOutcome) => void; drawer: ReactNode } {
  const [shown, setShown] = useState<{ outcome: EmailOutcome; isOpen: boolean } | null>(null);
  return {
    open: (outcome) => setShown({ outcome, isOpen: true }),
    drawer: shown && (
      <RecipientsDrawer
        campaignId={campaign.id}
        outcome={shown.outcome}
        total={stats?.[shown.outcome] ?? 0}
        isOpen={shown.isOpen}
        onClose={() => setShown({ ...shown, isOpen: false })}
      />
    ),
  };
}
