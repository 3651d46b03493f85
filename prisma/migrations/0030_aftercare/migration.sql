-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "aftercare" JSONB;
