-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "limits" JSONB;
