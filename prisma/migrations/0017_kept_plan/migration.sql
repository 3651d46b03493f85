-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "plan" JSONB;
