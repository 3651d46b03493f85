-- CreateIndex
CREATE INDEX "BackupFile_firstLsn_idx" ON "BackupFile"("firstLsn");

-- CreateIndex
CREATE INDEX "BackupFile_lastLsn_idx" ON "BackupFile"("lastLsn");

-- CreateIndex
CREATE INDEX "ImportTask_migrationId_idx" ON "ImportTask"("migrationId");

-- CreateIndex
CREATE INDEX "Migration_createdBy_idx" ON "Migration"("createdBy");

-- All parts of three letters of a text: an index over them finds any part of a name without an extension that a
-- database's owner would have to install. So dear that no plan computes it row by row.
CREATE FUNCTION "lettersOf"("said" TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100000 AS $$
  SELECT coalesce(array_agg(DISTINCT substr("said", "at", 3)), '{}') FROM generate_series(1, length("said") - 2) AS "at"
$$;
-- What is said of a row, in small letters; as the queries of lib/services/history write it.
CREATE FUNCTION "wordsOf"(VARIADIC "said" TEXT[]) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(array_to_string("said", ' '))
$$;

CREATE INDEX "ImportTask_letters_idx" ON "ImportTask" USING gin (
  "lettersOf"("wordsOf"("databaseName", "instanceId", "rdsTaskId", "providerStatus", "description"))
) WITH (fastupdate = off);
CREATE INDEX "Migration_letters_idx" ON "Migration" USING gin (
  "lettersOf"("wordsOf"("name", "sourceDatabase", "targetDatabase", "instanceId", "rdsTaskId", "ticket", "createdBy", "bucket", "prefix"))
) WITH (fastupdate = off);
CREATE INDEX "BackupFile_letters_idx" ON "BackupFile" USING gin ("lettersOf"("wordsOf"("name"))) WITH (fastupdate = off);

-- The order in which a record is read.
CREATE INDEX "ImportTask_started_idx" ON "ImportTask"
  ((coalesce("rdsCreatedAt", "firstSeenAt")), "connectionId", "instanceId", "rdsTaskId");
CREATE INDEX "Migration_started_idx" ON "Migration" ((coalesce("startedAt", "createdAt")), "id");
