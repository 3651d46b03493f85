-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "armed" JSONB;
