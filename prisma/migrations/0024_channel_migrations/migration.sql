-- AlterTable
ALTER TABLE "Channel" ADD COLUMN     "migrations" TEXT[] DEFAULT ARRAY[]::TEXT[];
