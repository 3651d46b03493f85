-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "takenBack" JSONB;
