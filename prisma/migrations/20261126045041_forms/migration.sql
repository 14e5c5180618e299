-- AlterTable
ALTER TABLE "provider_events" ADD COLUMN     "provider" TEXT NOT NULL DEFAULT 'mailersend';

-- CreateTable
CREATE TABLE "forms" (
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "last_answers" JSONB NOT NULL DEFAULT '[]',
    "last_contact_id" UUID,
    "last_received_at" TIMESTAMPTZ(3),
    "submissions" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "forms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "form_submissions" (
    "submission_id" TEXT NOT NULL,
    "form_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "status" TEXT,
    "contact_id" UUID,
    "submitted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "form_submissions_pkey" PRIMARY KEY ("submission_id","form_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "forms_external_id_key" ON "forms"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "form_submissions_event_id_key" ON "form_submissions"("event_id");

-- CreateIndex
CREATE INDEX "form_submissions_contact_id_idx" ON "form_submissions"("contact_id");

-- AddForeignKey
ALTER TABLE "form_submissions" ADD CONSTRAINT "form_submissions_form_id_fkey" FOREIGN KEY ("form_id") REFERENCES "forms"("id") ON DELETE CASCADE ON UPDATE CASCADE;
