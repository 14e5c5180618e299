ALTER TABLE "campaigns" ADD COLUMN "hold_until" TIMESTAMPTZ(3);
