-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "checklist" JSONB;
