ALTER TABLE "workspaces"
    ADD COLUMN "sender_name" TEXT,
    ADD COLUMN "sender_email" TEXT,
    ADD COLUMN "reply_to" TEXT,
    ADD COLUMN "time_zone" TEXT,
    ADD COLUMN "postal_address" TEXT;
