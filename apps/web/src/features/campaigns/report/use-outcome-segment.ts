import type { Campaign } from "@hustings/contracts/campaigns";
import type { Filter } from "@hustings/contracts/filter";
import { trpc } from "~/client/trpc";

/** What a campaign's facts are called in a segment's conditions. */
export type CampaignFact = "sent" | "delivered" | "opened" | "clicked" | "bounced";
export type OutcomeSegment = { words: string; has: CampaignFact; hasNot?: CampaignFact };

/** Makes a segment of those with whom a campaign went one way; it stays true when more is heard of them. */
export function useOutcomeSegment(campaign: Campaign) {
  const utils = trpc.useUtils();
  const create = trpc.segments.create.useMutation();
  const make = async ({ words, has, hasNot }: OutcomeSegment) => {
    const field = `campaign.${campaign.id}`;
    const conditions: Filter["conditions"] = [
      { field, operator: "has", value: has },
      ...(hasNot ? [{ field, operator: "not_has" as const, value: hasNot }] : []),
    ];
    const segment = await create.mutateAsync({
      name: `${words}: ${campaign.name}`.slice(0, 200),
      filter: { match: "all", conditions },
    });
    void utils.segments.invalidate();
    return segment;
  };
  return { make, isBusy: create.isPending };
}
