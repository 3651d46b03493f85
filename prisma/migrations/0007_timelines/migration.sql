-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "targetFamilyGuid" TEXT,
ADD COLUMN     "timelines" JSONB;

-- Of which database a target is stands in the header of the file that it was restored from last.
UPDATE "Migration" AS m
SET "targetFamilyGuid" = (
  SELECT f."header" ->> 'familyGuid'
  FROM "BackupFile" AS f
  WHERE f."migrationId" = m."id" AND f."state" = 'imported' AND f."header" IS NOT NULL
  ORDER BY f."importedAt" DESC NULLS LAST
  LIMIT 1
)
WHERE m."targetLsn" IS NOT NULL;
