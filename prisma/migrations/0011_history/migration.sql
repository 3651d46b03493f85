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
-- As the queries of lib/services/history write it, so that they find the indexes.
CREATE INDEX "ImportTask_letters_idx" ON "ImportTask" USING gin ("lettersOf"(lower(
  coalesce("databaseName", '') || ' ' || coalesce("instanceId", '') || ' ' || coalesce("rdsTaskId", '') || ' ' ||
  coalesce("providerStatus", '') || ' ' || coalesce("description", '')
))) WITH (fastupdate = off);
CREATE INDEX "Migration_letters_idx" ON "Migration" USING gin ("lettersOf"(lower(
  coalesce("name", '') || ' ' || coalesce("sourceDatabase", '') || ' ' || coalesce("targetDatabase", '') || ' ' ||
  coalesce("instanceId", '') || ' ' || coalesce("rdsTaskId", '') || ' ' || coalesce("ticket", '') || ' ' ||
  coalesce("createdBy", '') || ' ' || coalesce("bucket", '') || ' ' || coalesce("prefix", '')
))) WITH (fastupdate = off);
CREATE INDEX "BackupFile_letters_idx" ON "BackupFile" USING gin ("lettersOf"(lower(coalesce("name", ''))))
  WITH (fastupdate = off);

-- The order in which a record is read.
CREATE INDEX "ImportTask_started_idx" ON "ImportTask"
  ((coalesce("rdsCreatedAt", "firstSeenAt")), "connectionId", "instanceId", "rdsTaskId");
CREATE INDEX "Migration_started_idx" ON "Migration" ((coalesce("startedAt", "createdAt")), "id");
