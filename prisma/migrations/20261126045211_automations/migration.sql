-- CreateEnum
CREATE TYPE "AutomationRunStatus" AS ENUM ('running', 'completed', 'failed');

-- CreateTable
CREATE TABLE "automation_rules" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "config" JSONB NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "broken_reason" TEXT,
    "sees_internal" BOOLEAN NOT NULL DEFAULT false,
    "uses" JSONB NOT NULL DEFAULT '{"fields":[],"tags":[]}',
    "reads_history" BOOLEAN NOT NULL DEFAULT false,
    "reads_campaigns" BOOLEAN NOT NULL DEFAULT false,
    "last_fired_at" TIMESTAMPTZ(3),
    "last_stopped_at" TIMESTAMPTZ(3),
    "applied_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "automation_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "automation_runs" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "status" "AutomationRunStatus" NOT NULL DEFAULT 'running',
    "config" JSONB NOT NULL,
    "sees_internal" BOOLEAN NOT NULL DEFAULT false,
    "frozen" INTEGER NOT NULL DEFAULT 0,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "affected" INTEGER NOT NULL DEFAULT 0,
    "actor" JSONB NOT NULL,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "progressed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "automation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "automation_run_contacts" (
    "run_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,

    CONSTRAINT "automation_run_contacts_pkey" PRIMARY KEY ("run_id","contact_id")
);

-- CreateTable
CREATE TABLE "automation_applications" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "rule_name" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,
    "run_id" UUID,
    "outcome" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "cause_rule" TEXT,
    "round" SMALLINT NOT NULL,
    "changes" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "automation_applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_changes" (
    "id" BIGSERIAL NOT NULL,
    "workspace_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "round" SMALLINT NOT NULL,
    "cause" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "automation_rules_workspace_id_id_idx" ON "automation_rules"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "automation_runs_rule_id_id_idx" ON "automation_runs"("rule_id", "id");

-- CreateIndex
CREATE INDEX "automation_applications_rule_id_id_idx" ON "automation_applications"("rule_id", "id");

-- CreateIndex
CREATE INDEX "automation_applications_contact_id_id_idx" ON "automation_applications"("contact_id", "id");

-- CreateIndex
CREATE INDEX "contact_changes_workspace_id_id_idx" ON "contact_changes"("workspace_id", "id");

-- AddForeignKey
ALTER TABLE "automation_rules" ADD CONSTRAINT "automation_rules_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "automation_rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "automation_run_contacts" ADD CONSTRAINT "automation_run_contacts_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "automation_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A second run of a rule waits for the first, or is refused while that is at work.
CREATE UNIQUE INDEX "automation_runs_one_open" ON "automation_runs" ("rule_id") WHERE "status" = 'running';
-- What the triggers ask first: whether anybody wants to know.
CREATE INDEX "automation_rules_active" ON "automation_rules" ("workspace_id") WHERE "is_active" AND "broken_reason" IS NULL;

-- Changes of contacts are noted for active rules by statement-level triggers, set-based, in the transaction of the change.
-- Rules that change contacts say in `hustings.automation_round` (local to their transaction) which round it is.

-- Asks for the job that looks at the changes, once per transaction and workspace. The event's id is a UUID v7, as every
-- other's.
CREATE FUNCTION wake_automations(workspaces uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  woken text := coalesce(current_setting('hustings.woken_automations', true), '');
  sleeping uuid[] := ARRAY(SELECT DISTINCT w FROM unnest(workspaces) AS w WHERE strpos(woken, w::text) = 0);
BEGIN
  IF cardinality(sleeping) = 0 THEN RETURN; END IF;
  INSERT INTO outbox_events (id, name, data)
    SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid,
      'contacts/changed', jsonb_build_object('workspaceId', w)
    FROM unnest(sleeping) AS w;
  PERFORM pg_notify('hustings_outbox', '');
  PERFORM set_config('hustings.woken_automations', woken || array_to_string(sleeping, ''), true);
END $$;

CREATE FUNCTION automation_round() RETURNS smallint LANGUAGE sql STABLE
  RETURN coalesce(nullif(current_setting('hustings.automation_round', true), ''), '0')::smallint;

-- A change of a tag or of a workspace's link is a change of the contact too, by the copies that its row holds.
CREATE FUNCTION note_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  workspaces uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM automation_rules WHERE is_active AND broken_reason IS NULL) THEN RETURN NULL; END IF;
  WITH noted AS (
    INSERT INTO contact_changes (workspace_id, contact_id, round, cause)
    SELECT w.id, n.id, automation_round(),
      CASE WHEN automation_round() > 0 THEN 'rule' WHEN TG_OP = 'INSERT' THEN 'created' ELSE 'changed' END
    FROM new_rows n CROSS JOIN LATERAL unnest(n.workspace_ids) AS w(id)
    WHERE w.id IN (SELECT workspace_id FROM automation_rules WHERE is_active AND broken_reason IS NULL)
    RETURNING workspace_id)
  SELECT array_agg(DISTINCT workspace_id) INTO workspaces FROM noted;
  IF workspaces IS NOT NULL THEN PERFORM wake_automations(workspaces); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER contacts_inserted_note AFTER INSERT ON contacts REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_contacts();
CREATE TRIGGER contacts_updated_note AFTER UPDATE ON contacts REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_contacts();

-- For rules whose conditions speak of interactions.
CREATE FUNCTION note_interactions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  workspaces uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM automation_rules WHERE is_active AND broken_reason IS NULL AND reads_history) THEN RETURN NULL; END IF;
  WITH noted AS (
    INSERT INTO contact_changes (workspace_id, contact_id, round, cause)
    SELECT DISTINCT i.workspace_id, i.contact_id, automation_round(), 'interaction' FROM touched_rows i
    WHERE i.workspace_id IN (
      SELECT workspace_id FROM automation_rules WHERE is_active AND broken_reason IS NULL AND reads_history)
    RETURNING workspace_id)
  SELECT array_agg(DISTINCT workspace_id) INTO workspaces FROM noted;
  IF workspaces IS NOT NULL THEN PERFORM wake_automations(workspaces); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER interactions_inserted_note AFTER INSERT ON interactions REFERENCING NEW TABLE AS touched_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_interactions();
CREATE TRIGGER interactions_updated_note AFTER UPDATE ON interactions REFERENCING NEW TABLE AS touched_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_interactions();
CREATE TRIGGER interactions_deleted_note AFTER DELETE ON interactions REFERENCING OLD TABLE AS touched_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_interactions();

-- For rules whose conditions speak of campaigns: what conditions read is the recipient's row, when one of its outcomes
-- is new. That rows are claimed, or lose their address, is nobody's news.
CREATE FUNCTION note_campaign_emails() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  workspaces uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM automation_rules WHERE is_active AND broken_reason IS NULL AND reads_campaigns) THEN RETURN NULL; END IF;
  WITH noted AS (
    INSERT INTO contact_changes (workspace_id, contact_id, round, cause)
    SELECT DISTINCT k.workspace_id, n.contact_id, automation_round(), 'email'
    FROM new_rows n
    JOIN old_rows o ON o.contact_id = n.contact_id AND o.campaign_id = n.campaign_id
    JOIN campaigns k ON k.id = n.campaign_id
    WHERE (n.sent_at, n.delivered_at, n.opened_at, n.clicked_at, n.verified_opened_at, n.verified_clicked_at, n.bounced_at)
        IS DISTINCT FROM (o.sent_at, o.delivered_at, o.opened_at, o.clicked_at, o.verified_opened_at, o.verified_clicked_at, o.bounced_at)
      AND k.workspace_id IN (
        SELECT workspace_id FROM automation_rules WHERE is_active AND broken_reason IS NULL AND reads_campaigns)
    RETURNING workspace_id)
  SELECT array_agg(DISTINCT workspace_id) INTO workspaces FROM noted;
  IF workspaces IS NOT NULL THEN PERFORM wake_automations(workspaces); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER campaign_emails_updated_note AFTER UPDATE ON campaign_emails
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_campaign_emails();
