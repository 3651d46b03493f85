-- AlterTable
ALTER TABLE "Wave" ADD COLUMN     "spaces" JSONB;

