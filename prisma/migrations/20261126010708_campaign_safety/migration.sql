-- CreateEnum
CREATE TYPE "CanaryVerdict" AS ENUM ('go_on', 'stop');

-- AlterTable
ALTER TABLE "campaign_stats" ADD COLUMN     "passed_bounced" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "passed_complained" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "passed_failed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "passed_sent" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "campaigns" ADD COLUMN     "stop_reason" TEXT;

-- AlterTable
ALTER TABLE "mail_paces" ADD COLUMN     "window_ends_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "workspaces" ADD COLUMN     "first_live_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "campaign_canaries" (
    "campaign_id" UUID NOT NULL,
    "people" INTEGER,
    "percent" INTEGER,
    "wait_minutes" DOUBLE PRECISION NOT NULL,
    "bounce_percent" DOUBLE PRECISION NOT NULL,
    "complaints" INTEGER NOT NULL,
    "error_percent" DOUBLE PRECISION NOT NULL,
    "recipients" INTEGER,
    "batches" INTEGER,
    "decides_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "verdict" "CanaryVerdict",
    "reason" TEXT,
    "measured" JSONB,
    "rest_opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_canaries_pkey" PRIMARY KEY ("campaign_id")
);

-- AddForeignKey
ALTER TABLE "campaign_canaries" ADD CONSTRAINT "campaign_canaries_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever has sent to real people before is not asked as if it were the first time.
UPDATE "workspaces" w SET "first_live_at" = now()
WHERE EXISTS (
  SELECT 1 FROM "campaigns" p JOIN "mail_hand_overs" h ON h."campaign_id" = p."id" WHERE p."workspace_id" = w."id"
);
