-- CreateTable
CREATE TABLE "UnknownMessage" (
    "fingerprint" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "UnknownMessage_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateIndex
CREATE INDEX "UnknownMessage_lastSeenAt_idx" ON "UnknownMessage"("lastSeenAt");

-- What failed tasks and steps of earlier versions said; the list leaves out what is known by now.
INSERT INTO "UnknownMessage"
  ("fingerprint", "text", "system", "code", "requestId", "place", "firstSeenAt", "lastSeenAt", "count")
SELECT
  encode(sha256(convert_to("system" || E'\n' || "code" || E'\n' || lower(regexp_replace(regexp_replace("text",
    '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', '*', 'gi'), '\s+', ' ', 'g')), 'UTF8')), 'hex') AS "fingerprint",
  max("text"), max("system"), max("code"), max("requestId"), max("place"), min("at"), max("at"), count(*)
FROM (
  SELECT left(btrim("description"), 4000) AS "text", 'rds' AS "system", "providerStatus" AS "code", '' AS "requestId",
    "instanceId" || ' ' || "rdsTaskId" AS "place", coalesce("rdsEndedAt", "firstSeenAt") AS "at"
  FROM "ImportTask" WHERE "status" = 'failed'
  UNION ALL
  SELECT left(btrim("error"->>'providerMessage'), 4000), coalesce("error"->>'system', ''),
    coalesce("error"->>'providerCode', ''), coalesce("error"->>'providerRequestId', ''), "migrationId",
    coalesce("startedAt", "createdAt")
  FROM "MigrationStep" WHERE "status" = 'failed'
) AS said
WHERE "text" <> ''
GROUP BY 1;
