-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "droppedAt" TIMESTAMP(3),
ADD COLUMN     "rehearsal" BOOLEAN NOT NULL DEFAULT false;
