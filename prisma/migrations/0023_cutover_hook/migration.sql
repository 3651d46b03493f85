-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "hook" JSONB;

-- CreateTable
CREATE TABLE "HookCall" (
    "id" TEXT NOT NULL,
    "migrationId" TEXT NOT NULL,
    "moment" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "heard" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "HookCall_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "HookCall_state_dueAt_idx" ON "HookCall"("state", "dueAt");

-- Until now a cutover was taken back by its deadline only.
UPDATE "Migration" SET "takenBack" = jsonb_build_object('by', 'deadline') || "takenBack" WHERE jsonb_typeof("takenBack") = 'object';
