-- AlterTable
ALTER TABLE "worker_heartbeats" ADD COLUMN     "scripts" JSONB;

-- What one script's run has done; Prisma knows no partial indexes.
CREATE INDEX "audit_entries_script_run_idx" ON "audit_entries" ("actor_id", "id") WHERE "actor_kind" = 'script';
