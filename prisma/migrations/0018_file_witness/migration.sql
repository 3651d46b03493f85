-- AlterTable
ALTER TABLE "BackupFile" ADD COLUMN     "unread" JSONB,
ADD COLUMN     "witness" JSONB;

-- Every header that is kept so far was read from the bytes themselves.
UPDATE "BackupFile" SET "witness" = '{"by":"bytes","who":null}' WHERE "header" IS NOT NULL;
