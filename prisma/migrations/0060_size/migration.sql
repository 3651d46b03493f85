-- What a thousand live migrations beside ten thousand kept ones are read by, many times a second.

-- CreateIndex
CREATE INDEX "OnceCall_migrationId_idx" ON "OnceCall"("migrationId");

-- The list: those that may still go on, and the newest of the others.
CREATE INDEX "Migration_live_idx" ON "Migration"("createdAt") WHERE "status" NOT IN ('succeeded', 'cancelled');
CREATE INDEX "Migration_ended_idx" ON "Migration"("createdAt") WHERE "archivedAt" IS NULL AND "status" IN ('succeeded', 'cancelled');

-- Whose last imports an instance must have room for.
CREATE INDEX "Migration_cutover_idx" ON "Migration"("instanceId") WHERE "phase" = 'cutover';

-- Gauges of all that is under way.
CREATE INDEX "MigrationStep_underWay_idx" ON "MigrationStep"("migrationId") WHERE "startedAt" IS NOT NULL AND "finishedAt" IS NULL;

-- A row is written anew with every step: with room on its page no index is, of which the one of its letters costs most.
ALTER TABLE "Migration" SET (fillfactor = 70);
