-- CreateTable
CREATE TABLE "Channel" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "language" TEXT NOT NULL,
    "notices" TEXT[],
    "linkBase" TEXT NOT NULL,
    "urlSealed" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "signed" BOOLEAN NOT NULL,
    "last" JSONB,
    "notBefore" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMP(3),

    CONSTRAINT "Channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "migrationId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Notice_state_dueAt_idx" ON "Notice"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Notice_channelId_state_dueAt_idx" ON "Notice"("channelId", "state", "dueAt");
