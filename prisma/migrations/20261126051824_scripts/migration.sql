-- CreateEnum
CREATE TYPE "ScriptRunStatus" AS ENUM ('queued', 'running', 'succeeded', 'failed', 'timed_out', 'cancelled', 'skipped');

-- CreateEnum
CREATE TYPE "ScriptRunTrigger" AS ENUM ('manual', 'cron');

-- CreateTable
CREATE TABLE "scripts" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "code" TEXT NOT NULL,
    "cron_schedule" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_run_at" TIMESTAMPTZ(3),
    "last_edited_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scripts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "script_runs" (
    "id" UUID NOT NULL,
    "script_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "status" "ScriptRunStatus" NOT NULL DEFAULT 'queued',
    "trigger" "ScriptRunTrigger" NOT NULL,
    "input" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "stop_requested_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,
    "logs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "result" JSONB,
    "error" TEXT,
    "error_line" INTEGER,
    "error_stack" TEXT,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "changes" INTEGER NOT NULL DEFAULT 0,
    "peak_memory_mb" INTEGER,

    CONSTRAINT "script_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "scripts_workspace_id_id_idx" ON "scripts"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "scripts_next_run_at_idx" ON "scripts"("next_run_at");

-- CreateIndex
CREATE INDEX "script_runs_script_id_id_idx" ON "script_runs"("script_id", "id");

-- CreateIndex
CREATE INDEX "script_runs_workspace_id_idx" ON "script_runs"("workspace_id");

-- CreateIndex
CREATE INDEX "script_runs_status_created_at_idx" ON "script_runs"("status", "created_at");

-- AddForeignKey
ALTER TABLE "scripts" ADD CONSTRAINT "scripts_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scripts" ADD CONSTRAINT "scripts_last_edited_by_id_fkey" FOREIGN KEY ("last_edited_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script_runs" ADD CONSTRAINT "script_runs_script_id_fkey" FOREIGN KEY ("script_id") REFERENCES "scripts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script_runs" ADD CONSTRAINT "script_runs_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;
