-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "ticket" TEXT;
