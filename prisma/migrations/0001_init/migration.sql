-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Connection" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "config" JSONB NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "lastTest" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "archivedAt" TIMESTAMP(3),

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Migration" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "method" TEXT,
    "transport" TEXT,
    "backupBy" TEXT,
    "sourceConnectionId" TEXT,
    "cloudConnectionId" TEXT,
    "sourceDatabase" TEXT,
    "instanceId" TEXT,
    "targetDatabase" TEXT,
    "bucket" TEXT,
    "bucketEndpoint" TEXT,
    "prefix" TEXT,
    "sourceFolder" TEXT,
    "localFolder" TEXT,
    "checkMode" TEXT,
    "schedule" JSONB,
    "rdsTaskId" TEXT,
    "cutover" JSONB,
    "targetLsn" TEXT,
    "targetBaseGuid" TEXT,
    "targetBaseLsn" TEXT,
    "targetForkGuid" TEXT,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "writesStoppedAt" TIMESTAMP(3),
    "onlineAt" TIMESTAMP(3),
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "nextSeq" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Migration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MigrationStep" (
    "id" TEXT NOT NULL,
    "migrationId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "nature" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "fileId" TEXT,
    "input" JSONB NOT NULL,
    "intent" JSONB,
    "checkpoint" JSONB,
    "result" JSONB,
    "progress" JSONB,
    "error" JSONB,
    "claimedBy" TEXT,
    "heartbeatAt" TIMESTAMP(3),
    "dueAt" TIMESTAMP(3),
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MigrationStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MigrationEvent" (
    "migrationId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "MigrationEvent_pkey" PRIMARY KEY ("migrationId","seq")
);

-- CreateTable
CREATE TABLE "BackupFile" (
    "id" TEXT NOT NULL,
    "migrationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "objectKey" TEXT NOT NULL,
    "sourcePath" TEXT,
    "localPath" TEXT,
    "sizeBytes" BIGINT,
    "state" TEXT NOT NULL,
    "type" TEXT,
    "tail" BOOLEAN NOT NULL DEFAULT false,
    "final" BOOLEAN NOT NULL DEFAULT false,
    "databaseName" TEXT,
    "firstLsn" TEXT,
    "lastLsn" TEXT,
    "checkpointLsn" TEXT,
    "backupSetGuid" TEXT,
    "startedAtLocal" TEXT,
    "finishedAtLocal" TEXT,
    "utcOffsetMinutes" INTEGER,
    "crc64" TEXT,
    "etag" TEXT,
    "header" JSONB,
    "verdict" JSONB,
    "receipt" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uploadedAt" TIMESTAMP(3),
    "importedAt" TIMESTAMP(3),

    CONSTRAINT "BackupFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportTask" (
    "connectionId" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "rdsTaskId" TEXT NOT NULL,
    "migrationId" TEXT,
    "databaseName" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "providerStatus" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "replaced" BOOLEAN NOT NULL DEFAULT false,
    "rdsCreatedAt" TIMESTAMP(3),
    "rdsEndedAt" TIMESTAMP(3),
    "files" JSONB,
    "firstSeenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ImportTask_pkey" PRIMARY KEY ("connectionId","instanceId","rdsTaskId")
);

-- CreateTable
CREATE TABLE "ImportAttempt" (
    "id" TEXT NOT NULL,
    "migrationId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "databaseName" TEXT NOT NULL,
    "objectKey" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "settledBy" TEXT,
    "rdsTaskId" TEXT,
    "requestId" TEXT,
    "providerCode" TEXT,
    "intendedAt" TIMESTAMP(3) NOT NULL,
    "settledAt" TIMESTAMP(3),

    CONSTRAINT "ImportAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "Migration_status_idx" ON "Migration"("status");

-- CreateIndex
CREATE INDEX "MigrationStep_status_dueAt_idx" ON "MigrationStep"("status", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "MigrationStep_migrationId_key_key" ON "MigrationStep"("migrationId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "BackupFile_migrationId_objectKey_key" ON "BackupFile"("migrationId", "objectKey");

-- CreateIndex
CREATE INDEX "ImportTask_instanceId_rdsCreatedAt_idx" ON "ImportTask"("instanceId", "rdsCreatedAt");

-- CreateIndex
CREATE INDEX "ImportAttempt_instanceId_databaseName_intendedAt_idx" ON "ImportAttempt"("instanceId", "databaseName", "intendedAt");

-- AddForeignKey
ALTER TABLE "Migration" ADD CONSTRAINT "Migration_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "Connection"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Migration" ADD CONSTRAINT "Migration_cloudConnectionId_fkey" FOREIGN KEY ("cloudConnectionId") REFERENCES "Connection"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MigrationStep" ADD CONSTRAINT "MigrationStep_migrationId_fkey" FOREIGN KEY ("migrationId") REFERENCES "Migration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MigrationEvent" ADD CONSTRAINT "MigrationEvent_migrationId_fkey" FOREIGN KEY ("migrationId") REFERENCES "Migration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BackupFile" ADD CONSTRAINT "BackupFile_migrationId_fkey" FOREIGN KEY ("migrationId") REFERENCES "Migration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportAttempt" ADD CONSTRAINT "ImportAttempt_migrationId_fkey" FOREIGN KEY ("migrationId") REFERENCES "Migration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportAttempt" ADD CONSTRAINT "ImportAttempt_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "BackupFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
