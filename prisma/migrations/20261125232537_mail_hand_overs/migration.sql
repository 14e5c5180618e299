-- CreateTable
CREATE TABLE "mail_paces" (
    "call" TEXT NOT NULL,
    "full_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "mail_paces_pkey" PRIMARY KEY ("call")
);

-- CreateTable
CREATE TABLE "mail_hand_overs" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "contact_ids" UUID[],
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "bulk_id" TEXT,
    "message_id" TEXT,

    CONSTRAINT "mail_hand_overs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mail_hand_overs_campaign_id_id_idx" ON "mail_hand_overs"("campaign_id", "id");

-- CreateIndex
CREATE INDEX "mail_hand_overs_started_at_idx" ON "mail_hand_overs"("started_at");
