-- Hand-written before and after what the schema says; see prisma/schema/base.prisma.

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

-- Lower case without accents. Immutable because the dictionary is named with its schema and never changes. In plpgsql,
-- since unaccent, which is only stable, cannot be inlined into an immutable SQL function: half the time per call.
CREATE FUNCTION fold_text(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));
END $$;

-- Custom fields with lower-cased values, keys as they are: what "equals" and "one of" look up, whatever the case.
CREATE FUNCTION fold_fields(fields jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT coalesce(jsonb_object_agg(key, lower(value)), '{}'::jsonb) FROM jsonb_each_text(fields));

-- A custom field as a number, or null where it is none. Never throws: CASE guards the cast.
CREATE FUNCTION field_number(fields jsonb, key text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN fields ->> key ~ '^\s*-?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?\s*$' THEN (fields ->> key)::numeric END;

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('admin', 'member', 'viewer');

-- CreateEnum
CREATE TYPE "FieldType" AS ENUM ('text', 'number', 'date', 'select', 'multiselect', 'boolean', 'url', 'email');

-- CreateEnum
CREATE TYPE "FieldScope" AS ENUM ('core', 'global_internal', 'workspace');

-- CreateEnum
CREATE TYPE "InteractionType" AS ENUM ('email_sent', 'email_received', 'call', 'meeting', 'note', 'form_submission', 'event_attended', 'action_taken', 'stage_change');

-- CreateEnum
CREATE TYPE "SuppressionReason" AS ENUM ('hard_bounce', 'soft_bounces', 'complaint', 'manual');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('queued', 'running', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "CampaignStatus" AS ENUM ('draft', 'scheduled', 'queued', 'sending', 'paused', 'sent', 'cancelled', 'failed');

-- CreateTable
CREATE TABLE "outbox_events" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_heartbeats" (
    "name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_heartbeats_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "workspace_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "is_global" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "image" TEXT,
    "role" "Role" NOT NULL DEFAULT 'member',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "last_workspace_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key_prefix" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" UUID NOT NULL,
    "email" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "language" TEXT,
    "globally_unsubscribed" BOOLEAN NOT NULL DEFAULT false,
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "communication_preferences" JSONB NOT NULL DEFAULT '{}',
    "tag_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "workspace_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" text GENERATED ALWAYS AS (fold_text(coalesce("first_name", '') || ' ' || coalesce("last_name", '') || E'\n' || coalesce("email", ''))) STORED,
    "custom_fields_folded" jsonb GENERATED ALWAYS AS (fold_fields("custom_fields")) STORED,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_workspaces" (
    "workspace_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_workspaces_pkey" PRIMARY KEY ("workspace_id","contact_id")
);

-- CreateTable
CREATE TABLE "contact_tags" (
    "contact_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,

    CONSTRAINT "contact_tags_pkey" PRIMARY KEY ("contact_id","tag_id")
);

-- CreateTable
CREATE TABLE "tags" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "color" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "field_definitions" (
    "id" UUID NOT NULL,
    "scope" "FieldScope" NOT NULL DEFAULT 'workspace',
    "workspace_id" UUID,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "field_type" "FieldType" NOT NULL,
    "options" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "field_definitions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "interactions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "type" "InteractionType" NOT NULL,
    "subject" TEXT,
    "body" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "interactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_stats" (
    "workspace_id" UUID NOT NULL,
    "contacts" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "workspace_stats_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "segments" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "filter" JSONB NOT NULL,
    "cross_workspace" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "segments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "categories" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppressions" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "reason" "SuppressionReason" NOT NULL,
    "workspace_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suppressions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "soft_bounces" (
    "email" TEXT NOT NULL,
    "count" SMALLINT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "soft_bounces_pkey" PRIMARY KEY ("email")
);

-- CreateTable
CREATE TABLE "erased_addresses" (
    "email_hash" TEXT NOT NULL,
    "globally_unsubscribed" BOOLEAN NOT NULL,
    "communication_preferences" JSONB NOT NULL DEFAULT '{}',
    "suppressions" JSONB NOT NULL DEFAULT '[]',
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erased_addresses_pkey" PRIMARY KEY ("email_hash")
);

-- CreateTable
CREATE TABLE "import_uploads" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "encoding" TEXT NOT NULL,
    "delimiter" TEXT NOT NULL,
    "columns" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_upload_chunks" (
    "upload_id" UUID NOT NULL,
    "chunk_no" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "import_upload_chunks_pkey" PRIMARY KEY ("upload_id","chunk_no")
);

-- CreateTable
CREATE TABLE "imports" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "upload_id" UUID,
    "file_name" TEXT NOT NULL,
    "status" "ImportStatus" NOT NULL DEFAULT 'queued',
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "options" JSONB NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "error_count" INTEGER NOT NULL DEFAULT 0,
    "examples" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "actor" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_errors" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "error_no" SMALLINT NOT NULL,
    "column_name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "import_errors_pkey" PRIMARY KEY ("import_id","line","error_no")
);

-- CreateTable
CREATE TABLE "campaigns" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "preheader" TEXT,
    "body" TEXT NOT NULL,
    "from_name" TEXT,
    "from_email" TEXT,
    "segment_id" UUID,
    "category_id" UUID,
    "scheduled_at" TIMESTAMPTZ(3),
    "allow_no_unsubscribe" BOOLEAN NOT NULL DEFAULT false,
    "status" "CampaignStatus" NOT NULL DEFAULT 'draft',
    "generation" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_by" UUID,
    "launched_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
-- Room for a second, longer version of every row in its page: a send and the events after it change whole pages at once.
CREATE TABLE "campaign_emails" (
    "campaign_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "email" TEXT,
    "batch_no" INTEGER NOT NULL,
    "status" SMALLINT NOT NULL DEFAULT 0,
    "provider_message_id" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "clicked_at" TIMESTAMPTZ(3),
    "verified_opened_at" TIMESTAMPTZ(3),
    "verified_clicked_at" TIMESTAMPTZ(3),
    "bounced_at" TIMESTAMPTZ(3),
    "complained_at" TIMESTAMPTZ(3),
    "unsubscribed_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "campaign_emails_pkey" PRIMARY KEY ("contact_id","campaign_id")
) WITH (fillfactor = 45);

-- CreateTable
CREATE TABLE "campaign_batches" (
    "campaign_id" UUID NOT NULL,
    "batch_no" INTEGER NOT NULL,
    "is_done" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "campaign_batches_pkey" PRIMARY KEY ("campaign_id","batch_no")
) WITH (fillfactor = 50);

-- CreateTable
CREATE TABLE "campaign_stats" (
    "campaign_id" UUID NOT NULL,
    "recipients" INTEGER NOT NULL DEFAULT 0,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "unknown" INTEGER NOT NULL DEFAULT 0,
    "delivered" INTEGER NOT NULL DEFAULT 0,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "clicked" INTEGER NOT NULL DEFAULT 0,
    "bounced" INTEGER NOT NULL DEFAULT 0,
    "complained" INTEGER NOT NULL DEFAULT 0,
    "unsubscribed" INTEGER NOT NULL DEFAULT 0,
    "verified_opened" INTEGER NOT NULL DEFAULT 0,
    "verified_clicked" INTEGER NOT NULL DEFAULT 0,
    "progressed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaign_stats_pkey" PRIMARY KEY ("campaign_id")
) WITH (fillfactor = 10);

-- CreateTable
CREATE TABLE "email_events" (
    "event_id" TEXT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "url" TEXT,
    "reason" TEXT,
    "likely_machine" BOOLEAN NOT NULL DEFAULT false,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "email_events_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "provider_events" (
    "id" BIGSERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "provider_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sandbox_emails" (
    "id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "workspace_id" UUID,
    "campaign_id" UUID,
    "contact_id" UUID,
    "to_email" TEXT NOT NULL,
    "from_address" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'captured',
    "headers" JSONB NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "events" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_emails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_id_idx" ON "audit_entries"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "audit_entries_target_type_target_id_id_idx" ON "audit_entries"("target_type", "target_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_slug_key" ON "workspaces"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys"("key_hash");

-- CreateIndex
CREATE INDEX "api_keys_workspace_id_id_idx" ON "api_keys"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "contacts_tag_ids_idx" ON "contacts" USING GIN ("tag_ids");

-- CreateIndex
CREATE INDEX "contacts_workspace_ids_idx" ON "contacts" USING GIN ("workspace_ids");

-- CreateIndex
CREATE INDEX "contacts_updated_at_id_idx" ON "contacts"("updated_at", "id");

-- CreateIndex
CREATE INDEX "contact_workspaces_contact_id_workspace_id_idx" ON "contact_workspaces"("contact_id", "workspace_id");

-- CreateIndex
CREATE INDEX "contact_tags_tag_id_contact_id_idx" ON "contact_tags"("tag_id", "contact_id");

-- CreateIndex
CREATE INDEX "interactions_contact_id_occurred_at_idx" ON "interactions"("contact_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "interactions_workspace_id_type_occurred_at_contact_id_idx" ON "interactions"("workspace_id", "type", "occurred_at", "contact_id");

-- CreateIndex
CREATE INDEX "segments_workspace_id_id_idx" ON "segments"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "import_uploads_created_at_idx" ON "import_uploads"("created_at");

-- CreateIndex
CREATE INDEX "imports_workspace_id_id_idx" ON "imports"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "campaigns_workspace_id_id_idx" ON "campaigns"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "campaign_emails_campaign_id_batch_no_idx" ON "campaign_emails"("campaign_id", "batch_no");

-- CreateIndex
CREATE INDEX "email_events_campaign_id_contact_id_idx" ON "email_events"("campaign_id", "contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_events_event_id_key" ON "provider_events"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_emails_message_id_key" ON "sandbox_emails"("message_id");

-- CreateIndex
CREATE INDEX "sandbox_emails_workspace_id_id_idx" ON "sandbox_emails"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "sandbox_emails_campaign_id_id_idx" ON "sandbox_emails"("campaign_id", "id");

-- CreateIndex
CREATE INDEX "sandbox_emails_to_email_idx" ON "sandbox_emails"("to_email");

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tags" ADD CONSTRAINT "tags_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "field_definitions" ADD CONSTRAINT "field_definitions_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segments" ADD CONSTRAINT "segments_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_upload_chunks" ADD CONSTRAINT "import_upload_chunks_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "import_uploads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_errors" ADD CONSTRAINT "import_errors_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_segment_id_fkey" FOREIGN KEY ("segment_id") REFERENCES "segments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_stats" ADD CONSTRAINT "campaign_stats_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Unique as people understand it.
CREATE UNIQUE INDEX "contacts_email_key" ON "contacts" ("email");
CREATE UNIQUE INDEX "tags_workspace_id_name_key" ON "tags" ("workspace_id", lower("name"));
CREATE UNIQUE INDEX "categories_workspace_id_name_key" ON "categories" ("workspace_id", lower("name"));
CREATE UNIQUE INDEX "field_definitions_scope_workspace_id_name_key" ON "field_definitions" ("scope", "workspace_id", lower("name")) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX "suppressions_email_workspace_id_key" ON "suppressions" ("email", "workspace_id") NULLS NOT DISTINCT;
CREATE UNIQUE INDEX "workspaces_one_global" ON "workspaces" ("is_global") WHERE "is_global";

-- Sorting without case or accents, and prefixes of one or two letters. COLLATE "C", so that LIKE 'x%' uses them
-- whatever the database's locale is.
CREATE INDEX "contacts_email_sort" ON "contacts" ("email" COLLATE "C", "id");
CREATE INDEX "contacts_first_name_sort" ON "contacts" (fold_text("first_name") COLLATE "C", "id");
CREATE INDEX "contacts_last_name_sort" ON "contacts" (fold_text("last_name") COLLATE "C", "id");

-- Substrings of three letters and more.
CREATE INDEX "contacts_search_trgm" ON "contacts" USING gin ("search" gin_trgm_ops);

-- Equality on every custom field, whatever its name.
CREATE INDEX "contacts_custom_fields_folded" ON "contacts" USING gin ("custom_fields_folded" jsonb_path_ops);

-- A launch writes none of these, a hand-over one each.
CREATE INDEX "campaign_emails_provider_message_id" ON "campaign_emails" ("provider_message_id") WHERE "provider_message_id" IS NOT NULL;
CREATE INDEX "outbox_events_unsent" ON "outbox_events" ("id") WHERE "sent_at" IS NULL;
CREATE INDEX "provider_events_unmatched" ON "provider_events" ("id") WHERE "outcome" = 'unmatched';
CREATE INDEX "provider_events_unapplied" ON "provider_events" ("id") WHERE "applied_at" IS NULL;
CREATE INDEX "campaigns_due" ON "campaigns" ("scheduled_at") WHERE "status" = 'scheduled';
CREATE INDEX "campaigns_running" ON "campaigns" ("id") WHERE "status" IN ('queued', 'sending');
CREATE INDEX "imports_open" ON "imports" ("id") WHERE "status" IN ('queued', 'running');

ALTER TABLE "field_definitions" ADD CONSTRAINT "field_definitions_scope_check" CHECK (("scope" = 'workspace') = ("workspace_id" IS NOT NULL));
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_email_check" CHECK ("email" = lower(btrim("email")) AND "email" <> '');

-- tag_ids and workspace_ids are copies of the link tables. A writer that sets the copy itself costs only the probe:
-- the update touches rows whose copy differs.
CREATE FUNCTION copy_tag_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE contacts c SET tag_ids = c.tag_ids || l.ids
    FROM (SELECT n.contact_id, array_agg(n.tag_id) AS ids
          FROM new_links n JOIN contacts k ON k.id = n.contact_id AND NOT k.tag_ids @> ARRAY[n.tag_id]
          GROUP BY n.contact_id) l
    WHERE c.id = l.contact_id;
  ELSE
    UPDATE contacts c SET tag_ids = (SELECT coalesce(array_agg(t.id), '{}') FROM unnest(c.tag_ids) AS t(id) WHERE t.id <> ALL (l.ids))
    FROM (SELECT contact_id, array_agg(tag_id) AS ids FROM old_links GROUP BY contact_id) l
    WHERE c.id = l.contact_id AND c.tag_ids && l.ids;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER contact_tags_inserted AFTER INSERT ON contact_tags REFERENCING NEW TABLE AS new_links
  FOR EACH STATEMENT EXECUTE FUNCTION copy_tag_links();
CREATE TRIGGER contact_tags_deleted AFTER DELETE ON contact_tags REFERENCING OLD TABLE AS old_links
  FOR EACH STATEMENT EXECUTE FUNCTION copy_tag_links();

CREATE FUNCTION copy_workspace_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE contacts c SET workspace_ids = c.workspace_ids || l.ids
    FROM (SELECT n.contact_id, array_agg(n.workspace_id) AS ids
          FROM new_links n JOIN contacts k ON k.id = n.contact_id AND NOT k.workspace_ids @> ARRAY[n.workspace_id]
          GROUP BY n.contact_id) l
    WHERE c.id = l.contact_id;
    INSERT INTO workspace_stats AS s (workspace_id, contacts)
      SELECT workspace_id, count(*) FROM new_links GROUP BY workspace_id ORDER BY workspace_id
      ON CONFLICT (workspace_id) DO UPDATE SET contacts = s.contacts + excluded.contacts;
  ELSE
    UPDATE contacts c SET workspace_ids = (SELECT coalesce(array_agg(w.id), '{}') FROM unnest(c.workspace_ids) AS w(id) WHERE w.id <> ALL (l.ids))
    FROM (SELECT contact_id, array_agg(workspace_id) AS ids FROM old_links GROUP BY contact_id) l
    WHERE c.id = l.contact_id AND c.workspace_ids && l.ids;
    UPDATE workspace_stats s SET contacts = s.contacts - l.n
    FROM (SELECT workspace_id, count(*) AS n FROM old_links GROUP BY workspace_id) l
    WHERE s.workspace_id = l.workspace_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER contact_workspaces_inserted AFTER INSERT ON contact_workspaces REFERENCING NEW TABLE AS new_links
  FOR EACH STATEMENT EXECUTE FUNCTION copy_workspace_links();
CREATE TRIGGER contact_workspaces_deleted AFTER DELETE ON contact_workspaces REFERENCING OLD TABLE AS old_links
  FOR EACH STATEMENT EXECUTE FUNCTION copy_workspace_links();

-- The installation's total stands under the nil UUID.
CREATE FUNCTION count_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO workspace_stats AS s (workspace_id, contacts)
      SELECT '00000000-0000-0000-0000-000000000000', count(*) FROM new_rows HAVING count(*) > 0
      ON CONFLICT (workspace_id) DO UPDATE SET contacts = s.contacts + excluded.contacts;
  ELSE
    UPDATE workspace_stats SET contacts = contacts - (SELECT count(*) FROM old_rows)
    WHERE workspace_id = '00000000-0000-0000-0000-000000000000';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER contacts_inserted AFTER INSERT ON contacts REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_contacts();
CREATE TRIGGER contacts_deleted AFTER DELETE ON contacts REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_contacts();

-- The audit is append-only.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are never changed';
END $$;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
