-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "archivedAt" TIMESTAMP(3);
