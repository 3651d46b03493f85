-- CreateTable
CREATE TABLE "OnceCall" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "migrationId" TEXT,
    "stepId" TEXT,
    "fileId" TEXT,
    "connectionId" TEXT NOT NULL,
    "instanceId" TEXT,
    "databaseName" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "outcome" TEXT NOT NULL,
    "settledBy" TEXT,
    "reference" TEXT,
    "requestId" TEXT,
    "providerCode" TEXT,
    "actor" TEXT NOT NULL,
    "intendedAt" TIMESTAMP(3) NOT NULL,
    "lookingSince" TIMESTAMP(3),
    "settledAt" TIMESTAMP(3),

    CONSTRAINT "OnceCall_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "OnceCall_subject_intendedAt_idx" ON "OnceCall"("subject", "intendedAt");

-- CreateIndex
CREATE INDEX "OnceCall_instanceId_intendedAt_idx" ON "OnceCall"("instanceId", "intendedAt");

-- CreateIndex
CREATE INDEX "OnceCall_stepId_idx" ON "OnceCall"("stepId");

-- AddForeignKey
ALTER TABLE "OnceCall" ADD CONSTRAINT "OnceCall_migrationId_fkey" FOREIGN KEY ("migrationId") REFERENCES "Migration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OnceCall" ADD CONSTRAINT "OnceCall_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "BackupFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Calls that earlier versions kept in three places become rows of "OnceCall": "ImportAttempt" (imports of migrations),
-- "Setting" (imports from the records), "MigrationStep"."intent" (openings and backups).

-- Imports of migrations.
INSERT INTO "OnceCall" ("id", "kind", "subject", "item", "migrationId", "stepId", "fileId", "connectionId", "instanceId",
  "databaseName", "request", "outcome", "settledBy", "reference", "requestId", "providerCode", "actor", "intendedAt",
  "lookingSince", "settledAt")
SELECT a."id", 'import', 'target ' || a."instanceId" || '/' || lower(a."databaseName"), a."objectKey",
  a."migrationId", a."stepId", a."fileId", COALESCE(m."cloudConnectionId", ''), a."instanceId", a."databaseName",
  jsonb_build_object(
    'instanceId', a."instanceId",
    'databaseName', a."databaseName",
    'method', CASE WHEN m."method" = 'immediate' THEN 'immediate' ELSE 'access_pending' END,
    'taskId', m."rdsTaskId",
    'checkMode', CASE WHEN m."checkMode" = 'sync' THEN 'sync' ELSE 'async' END,
    'object', jsonb_build_object('endpoint', COALESCE(m."bucketEndpoint", ''), 'bucket', COALESCE(m."bucket", ''),
      'key', a."objectKey"),
    'lastLsn', f."lastLsn"),
  a."outcome", a."settledBy", a."rdsTaskId", a."requestId", a."providerCode", 'engine', a."intendedAt",
  CASE
    WHEN a."settledAt" IS NULL AND s."checkpoint" ->> 'lookingFor' = a."id"
    THEN to_timestamp((s."checkpoint" ->> 'lookingSince')::float8 / 1000) AT TIME ZONE 'UTC'
  END,
  COALESCE(a."settledAt", CASE WHEN a."outcome" NOT IN ('intended', 'unknown') THEN a."intendedAt" END)
FROM "ImportAttempt" a
JOIN "Migration" m ON m."id" = a."migrationId"
LEFT JOIN "BackupFile" f ON f."id" = a."fileId"
LEFT JOIN "MigrationStep" s ON s."id" = a."stepId";

-- Imports from the records: `import-intent:<connection>:<instance>:<task>:<bucket>:<key>`, each part percent-encoded.
INSERT INTO "OnceCall" ("id", "kind", "subject", "item", "connectionId", "instanceId", "databaseName", "request", "outcome",
  "settledBy", "reference", "requestId", "actor", "intendedAt", "settledAt")
SELECT 'record-' || md5(r."key"), 'import', 'target ' || r.instance || '/' || lower(r.database), r.value ->> 'key',
  r.connection, r.instance, r.database,
  jsonb_build_object('instanceId', r.instance, 'databaseName', r.database, 'method', 'access_pending', 'taskId', r.task,
    'checkMode', 'async',
    'object', jsonb_build_object('endpoint', '', 'bucket', r.bucket, 'key', r.value ->> 'key'),
    'lastLsn', r.value -> 'lastLsn'),
  r.value ->> 'outcome', CASE WHEN r.value ->> 'outcome' <> 'intended' THEN 'answer' END,
  CASE WHEN r.value ->> 'outcome' = 'accepted' THEN r.task END, r.value ->> 'requestId', r.value ->> 'actor',
  (r.value ->> 'intendedAt')::timestamp,
  CASE WHEN r.value ->> 'outcome' <> 'intended' THEN (r.value ->> 'intendedAt')::timestamp END
FROM (
  SELECT p.*, COALESCE(t."databaseName", m."targetDatabase", '') AS database
  FROM (
    SELECT "key", "value" AS value, split_part("key", ':', 2) AS connection, split_part("key", ':', 3) AS instance,
      split_part("key", ':', 4) AS task, split_part("key", ':', 5) AS bucket
    FROM "Setting" WHERE "key" LIKE 'import-intent:%'
  ) p
  LEFT JOIN "ImportTask" t
    ON t."connectionId" = p.connection AND t."instanceId" = p.instance AND t."rdsTaskId" = p.task
  LEFT JOIN LATERAL (
    SELECT "targetDatabase" FROM "Migration" WHERE "instanceId" = p.instance AND "rdsTaskId" = p.task
    ORDER BY "createdAt" DESC LIMIT 1
  ) m ON true
) r;

DELETE FROM "Setting" WHERE "key" LIKE 'import-intent:%';

-- Openings and backups: the step's own standing says how they came out.
INSERT INTO "OnceCall" ("id", "kind", "subject", "item", "migrationId", "stepId", "fileId", "connectionId", "instanceId",
  "databaseName", "request", "outcome", "settledBy", "reference", "requestId", "actor", "intendedAt", "settledAt")
SELECT s."kind" || '-' || s."id", s."kind",
  CASE s."kind"
    WHEN 'open' THEN 'target ' || COALESCE(m."instanceId", '') || '/' || lower(COALESCE(m."targetDatabase", ''))
    ELSE 'source ' || COALESCE(m."sourceConnectionId", '') || '/' || lower(COALESCE(m."sourceDatabase", ''))
  END,
  CASE s."kind" WHEN 'open' THEN COALESCE(m."rdsTaskId", '') ELSE s."intent" ->> 'name' END,
  s."migrationId", s."id", CASE s."kind" WHEN 'backup' THEN s."fileId" END,
  COALESCE(CASE s."kind" WHEN 'open' THEN m."cloudConnectionId" ELSE m."sourceConnectionId" END, ''),
  CASE s."kind" WHEN 'open' THEN m."instanceId" END,
  COALESCE(CASE s."kind" WHEN 'open' THEN m."targetDatabase" ELSE m."sourceDatabase" END, ''),
  CASE s."kind"
    WHEN 'open' THEN jsonb_build_object('instanceId', COALESCE(m."instanceId", ''),
      'databaseName', COALESCE(m."targetDatabase", ''), 'taskId', COALESCE(m."rdsTaskId", ''),
      'checkMode', CASE WHEN m."checkMode" = 'sync' THEN 'sync' ELSE 'async' END,
      'clientToken', s."intent" ->> 'clientToken')
    ELSE jsonb_build_object('database', COALESCE(m."sourceDatabase", ''), 'kind', COALESCE(s."input" ->> 'backup', 'log'),
      'name', s."intent" ->> 'name', 'description', 'Chainferry migration ' || m."id", 'path', s."intent" ->> 'path',
      'noRecovery', COALESCE((s."input" ->> 'tail')::boolean, false), 'compression', false,
      'fileName', s."intent" ->> 'fileName', 'localPath', s."intent" ->> 'localPath',
      'objectKey', s."intent" ->> 'objectKey')
  END,
  CASE WHEN s."status" = 'succeeded' THEN 'accepted' WHEN s."status" IN ('unknown', 'skipped') THEN 'unknown'
    ELSE 'intended' END,
  CASE WHEN s."status" = 'succeeded'
    THEN CASE WHEN (s."result" ->> 'foundByLooking')::boolean THEN 'look' ELSE 'answer' END END,
  CASE WHEN s."status" = 'succeeded' AND s."kind" = 'open' THEN m."rdsTaskId" END,
  s."result" ->> 'requestId', 'engine', (s."intent" ->> 'at')::timestamp,
  CASE WHEN s."status" = 'succeeded' THEN COALESCE(s."finishedAt", (s."intent" ->> 'at')::timestamp) END
FROM "MigrationStep" s
JOIN "Migration" m ON m."id" = s."migrationId"
WHERE s."kind" IN ('open', 'backup') AND s."intent" IS NOT NULL AND jsonb_typeof(s."intent") = 'object';

-- Earlier versions could leave several calls of one database without an answer: the newest is still looked for. Of the others,
-- and of those that a person never settled before the migration ended, nobody will know.
UPDATE "OnceCall" c SET "outcome" = 'unknown', "settledAt" = c."intendedAt"
WHERE c."settledAt" IS NULL AND (
  EXISTS (
    SELECT 1 FROM "OnceCall" n
    WHERE n."subject" = c."subject" AND n."settledAt" IS NULL AND (n."intendedAt", n."id") > (c."intendedAt", c."id")
  )
  OR (c."outcome" = 'unknown' AND EXISTS (
    SELECT 1 FROM "Migration" m WHERE m."id" = c."migrationId" AND m."status" IN ('cancelled', 'succeeded')
  ))
);

-- One unsettled call at a time for each subject: whoever comes second, from whatever process or connection, writes no intent.
-- Prisma's schema language has no partial indexes.
CREATE UNIQUE INDEX "OnceCall_subject_unsettled_key" ON "OnceCall"("subject") WHERE "settledAt" IS NULL;

-- DropForeignKey
ALTER TABLE "ImportAttempt" DROP CONSTRAINT "ImportAttempt_fileId_fkey";

-- DropForeignKey
ALTER TABLE "ImportAttempt" DROP CONSTRAINT "ImportAttempt_migrationId_fkey";

-- AlterTable
ALTER TABLE "MigrationStep" DROP COLUMN "intent";

-- DropTable
DROP TABLE "ImportAttempt";

-- What an import's checkpoint kept is a column of its call.
UPDATE "MigrationStep" SET "checkpoint" = NULL WHERE "kind" = 'import';
