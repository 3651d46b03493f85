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

-- One unsettled call at a time for each subject: whoever comes second, from whatever process or connection, writes no intent.
-- Prisma's schema language has no partial indexes.
CREATE UNIQUE INDEX "OnceCall_subject_unsettled_key" ON "OnceCall"("subject") WHERE "settledAt" IS NULL;
