-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "summary" JSONB,
ADD COLUMN     "summaryOf" INTEGER;
