-- CreateEnum
CREATE TYPE "EmailConnectionStatus" AS ENUM ('connected', 'needs_reconnect');

-- CreateEnum
CREATE TYPE "EmailSyncState" AS ENUM ('idle', 'queued', 'running');

-- CreateTable
CREATE TABLE "email_connections" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "workspace_id" UUID,
    "address" TEXT NOT NULL,
    "status" "EmailConnectionStatus" NOT NULL DEFAULT 'connected',
    "refresh_token" TEXT NOT NULL,
    "access_token" TEXT NOT NULL,
    "access_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "sync_interactions" BOOLEAN NOT NULL DEFAULT true,
    "interactions_visible" BOOLEAN NOT NULL DEFAULT false,
    "sync_state" "EmailSyncState" NOT NULL DEFAULT 'idle',
    "cursor" JSONB,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "last_sync_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "email_connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_messages" (
    "connection_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "addresses" TEXT[],

    CONSTRAINT "email_messages_pkey" PRIMARY KEY ("connection_id","message_id")
);

-- CreateTable
CREATE TABLE "email_addresses" (
    "connection_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "message_count" INTEGER NOT NULL,
    "sent_count" INTEGER NOT NULL,
    "received_count" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_contact_id" UUID,

    CONSTRAINT "email_addresses_pkey" PRIMARY KEY ("connection_id","email")
);

-- CreateTable
CREATE TABLE "email_contact_settings" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "sync_interactions" BOOLEAN,
    "interactions_visible" BOOLEAN,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "email_contact_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_interactions" (
    "workspace_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "mailbox" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "interaction_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "has_text" BOOLEAN NOT NULL,

    CONSTRAINT "email_interactions_pkey" PRIMARY KEY ("workspace_id","contact_id","mailbox","message_id")
);

-- CreateTable
CREATE TABLE "used_consents" (
    "state_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "used_consents_pkey" PRIMARY KEY ("state_hash")
);

-- CreateIndex
CREATE INDEX "email_connections_workspace_id_idx" ON "email_connections"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "email_connections_user_id_address_key" ON "email_connections"("user_id", "address");

-- CreateIndex
CREATE INDEX "email_messages_addresses_idx" ON "email_messages" USING GIN ("addresses");

-- CreateIndex
CREATE INDEX "email_addresses_connection_id_last_at_idx" ON "email_addresses"("connection_id", "last_at" DESC);

-- CreateIndex
CREATE INDEX "email_addresses_settled_contact_id_idx" ON "email_addresses"("settled_contact_id");

-- CreateIndex
CREATE INDEX "email_contact_settings_contact_id_idx" ON "email_contact_settings"("contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "email_contact_settings_user_id_contact_id_key" ON "email_contact_settings"("user_id", "contact_id");

-- CreateIndex
CREATE INDEX "email_interactions_contact_id_user_id_idx" ON "email_interactions"("contact_id", "user_id");

-- AddForeignKey
ALTER TABLE "email_connections" ADD CONSTRAINT "email_connections_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_connections" ADD CONSTRAINT "email_connections_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_messages" ADD CONSTRAINT "email_messages_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "email_connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_addresses" ADD CONSTRAINT "email_addresses_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "email_connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_contact_settings" ADD CONSTRAINT "email_contact_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
