-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "custody" JSONB,
ADD COLUMN     "release" JSONB;

-- Sources that earlier versions closed and that nobody has given back: stop_writes begun (its clock runs) and not undone.
-- What stood before was not written down then; a database that was restricted came from MULTI_USER in all but odd cases.
UPDATE "Migration" m
SET "custody" = jsonb_build_object(
  'since', to_char(s.since, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'step', 'stop_writes',
  'how', CASE WHEN EXISTS (
    SELECT 1 FROM "MigrationStep" b
    WHERE b."migrationId" = m."id" AND b."kind" = 'backup' AND b."input" ->> 'tail' = 'true'
      AND b."startedAt" IS NOT NULL AND b."startedAt" >= s.since - interval '1 minute'
  ) THEN 'norecovery_tail' ELSE 'restricted_user' END,
  'before', jsonb_build_object('state', 'ONLINE', 'userAccess', 'MULTI_USER', 'readOnly', false)
)
FROM (
  SELECT "migrationId", COALESCE(max("startedAt"), max("createdAt")) AS since
  FROM "MigrationStep"
  WHERE "kind" = 'stop_writes' AND ("status" = 'succeeded' OR ("status" <> 'cancelled' AND "checkpoint" IS NOT NULL))
  GROUP BY "migrationId"
) s
WHERE s."migrationId" = m."id" AND m."cutover" IS NOT NULL;
