import type { Db } from "@hustings/db/client";
import type { Prisma } from "@hustings/db/types";
import { invalid } from "../errors";

/** Statuses from which a campaign may still reach people. */
const UNFINISHED = ["draft", "scheduled", "queued", "sending", "paused"] as const;

/**
 * Stands before the deletion of what campaigns name: an unfinished one would lose a limit on whom it reaches.
 *
 * @throws DomainError `invalid` whose details name each campaign and its status.
 */
export async function refuseUnfinishedCampaigns(
  db: Db,
  where: Prisma.CampaignWhereInput,
  message: string,
): Promise<void> {
  const campaigns = await db.campaign.findMany({
    where: { ...where, status: { in: [...UNFINISHED] } },
    select: { name: true, status: true },
    orderBy: { id: "desc" },
    take: 100,
  });
  if (campaigns.length > 0)
    throw invalid(
      message,
      campaigns.map((campaign) => `campaign "${campaign.name}": ${campaign.status}`),
    );
}
