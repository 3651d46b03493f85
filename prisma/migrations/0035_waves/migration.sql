-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "waveId" TEXT,
ADD COLUMN     "wavePart" JSONB,
ADD COLUMN     "wavePlace" INTEGER;

-- CreateTable
CREATE TABLE "Wave" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "rules" JSONB NOT NULL,
    "cutover" JSONB,
    "plans" JSONB NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "startedAt" TIMESTAMP(3),
    "pausedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "lookedAt" TIMESTAMP(3),

    CONSTRAINT "Wave_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Wave_endedAt_idx" ON "Wave"("endedAt");

-- CreateIndex
CREATE INDEX "Migration_waveId_idx" ON "Migration"("waveId");

-- AddForeignKey
ALTER TABLE "Migration" ADD CONSTRAINT "Migration_waveId_fkey" FOREIGN KEY ("waveId") REFERENCES "Wave"("id") ON DELETE SET NULL ON UPDATE CASCADE;
