-- AlterTable
ALTER TABLE "provider_events" ADD COLUMN     "error" TEXT,
ADD COLUMN     "message_id" TEXT,
ADD COLUMN     "repeats" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "workspace_id" UUID,
ALTER COLUMN "body" DROP NOT NULL;

-- What was applied keeps the message's id, in a column now instead of the body.
UPDATE "provider_events" p SET
  "message_id" = coalesce("body" ->> 'messageId', "body" #>> '{data,message_id}', "body" #>> '{data,email,message,id}'),
  "body" = CASE WHEN "outcome" IN ('applied', 'ignored') THEN NULL ELSE "body" END,
  "workspace_id" = (
    SELECT c."workspace_id" FROM "email_events" v JOIN "campaigns" c ON c."id" = v."campaign_id"
    WHERE v."event_id" = p."event_id");

-- What waits is taken oldest first; what was taken up is read newest first, by whose it is and what became of it. Each
-- delivery is inserted once and updated once: it stands in one of the two at a time.
DROP INDEX "provider_events_unapplied";
CREATE INDEX "provider_events_unapplied" ON "provider_events" ("received_at", "id") WHERE "applied_at" IS NULL;
CREATE INDEX "provider_events_log" ON "provider_events" ("workspace_id", "outcome", "received_at", "id") WHERE "applied_at" IS NOT NULL;
DROP INDEX "provider_events_unmatched";
CREATE INDEX "provider_events_unmatched" ON "provider_events" ("received_at", "message_id") WHERE "outcome" = 'unmatched';
