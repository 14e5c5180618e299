ALTER TABLE "import_uploads"
    ADD COLUMN "encoding_is_sure" BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN "has_header" BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN "row_estimate" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "is_complete" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "imports"
    ADD COLUMN "unchanged" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "cursor" JSONB;

-- Written once, read once, deleted: compressing them would only cost time.
ALTER TABLE "import_upload_chunks" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

CREATE TABLE "import_rehearsals" (
    "import_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "import_rehearsals_pkey" PRIMARY KEY ("import_id","email")
);

ALTER TABLE "import_rehearsals" ADD CONSTRAINT "import_rehearsals_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
