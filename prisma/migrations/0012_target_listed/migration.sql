-- AlterTable
ALTER TABLE "Migration" ADD COLUMN     "targetListed" BOOLEAN NOT NULL DEFAULT false;
