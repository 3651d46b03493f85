-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "scope" JSONB;
