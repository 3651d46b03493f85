-- AlterTable
ALTER TABLE "BackupFile" ADD COLUMN     "original" JSONB;

-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "driftBaseline" JSONB,
ADD COLUMN     "uploadControl" JSONB;

-- CreateTable
CREATE TABLE "MigrationProbe" (
    "migrationId" TEXT NOT NULL,
    "probeId" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "view" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "acceptedReason" TEXT,
    "acceptedBy" TEXT,
    "acceptedAt" TIMESTAMP(3),

    CONSTRAINT "MigrationProbe_pkey" PRIMARY KEY ("migrationId","probeId")
);

-- CreateTable
CREATE TABLE "DriftAlarm" (
    "id" TEXT NOT NULL,
    "migrationId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "raisedAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "clearedAt" TIMESTAMP(3),
    "clearedBy" TEXT,

    CONSTRAINT "DriftAlarm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BrowserUpload" (
    "id" TEXT NOT NULL,
    "migrationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "objectKey" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "modifiedMs" BIGINT NOT NULL,
    "sameFile" TEXT NOT NULL,
    "uploadId" TEXT,
    "partSize" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "etag" TEXT,
    "crc64" TEXT,
    "receipt" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "BrowserUpload_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "DriftAlarm_migrationId_kind_fingerprint_key" ON "DriftAlarm"("migrationId", "kind", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "BrowserUpload_migrationId_objectKey_sameFile_key" ON "BrowserUpload"("migrationId", "objectKey", "sameFile");

-- AddForeignKey
ALTER TABLE "MigrationProbe" ADD CONSTRAINT "MigrationProbe_migrationId_fkey" FOREIGN KEY ("migrationId") REFERENCES "Migration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DriftAlarm" ADD CONSTRAINT "DriftAlarm_migrationId_fkey" FOREIGN KEY ("migrationId") REFERENCES "Migration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BrowserUpload" ADD CONSTRAINT "BrowserUpload_migrationId_fkey" FOREIGN KEY ("migrationId") REFERENCES "Migration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
