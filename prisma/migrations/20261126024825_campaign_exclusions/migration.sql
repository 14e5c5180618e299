-- CreateTable
CREATE TABLE "campaign_exclusions" (
    "campaign_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "campaign_exclusions_pkey" PRIMARY KEY ("contact_id","campaign_id")
);

-- CreateIndex
CREATE INDEX "campaign_exclusions_campaign_id_idx" ON "campaign_exclusions"("campaign_id");
