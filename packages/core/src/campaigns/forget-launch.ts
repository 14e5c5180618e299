import type { Db } from "@hustings/db/client";

/** Removes what a launch has frozen of a campaign, which no foreign key takes along, with its counters and first wave. */
export async function forgetLaunch(tx: Db, campaignId: string): Promise<void> {
  const where = { campaignId };
  await tx.campaignEmail.deleteMany({ where });
  await tx.campaignExclusion.deleteMany({ where });
  await tx.campaignBatch.deleteMany({ where });
  await tx.campaignStats.deleteMany({ where });
  await tx.campaignCanary.deleteMany({ where });
}
