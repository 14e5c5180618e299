import type { CampaignStats, EmailOutcome } from "@hustings/contracts/campaign-recipients";
import type { Campaign } from "@hustings/contracts/campaigns";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";

const RecipientsDrawer = dynamic(() => import("./recipients-drawer").then((module) => module.RecipientsDrawer), {
  ssr: false,
});

/** `link`: those who clicked it, and how many they are. */
export type OpenRecipients = (outcome: EmailOutcome, link?: { url: string; people: number }) => void;
type Shown = { outcome: EmailOutcome; link: { url: string; people: number } | undefined; isOpen: boolean };

/** Opens the people behind a number of a campaign that has been sent; put `drawer` at the end of the screen. */
export function useRecipientsDrawer(
  campaign: Campaign,
  stats: CampaignStats | undefined,
): { open: OpenRecipients; drawer: ReactNode } {
  const [shown, setShown] = useState<Shown | null>(null);
  return {
    open: (outcome, link) => setShown({ outcome, link, isOpen: true }),
    drawer: shown && (
      <RecipientsDrawer
        campaignId={campaign.id}
        outcome={shown.outcome}
        link={shown.link?.url}
        total={shown.link?.people ?? stats?.[shown.outcome] ?? 0}
        isOpen={shown.isOpen}
        onClose={() => setShown({ ...shown, isOpen: false })}
      />
    ),
  };
}
