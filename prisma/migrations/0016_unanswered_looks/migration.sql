-- AlterTable
ALTER TABLE "OnceCall" ADD COLUMN     "unansweredSince" TIMESTAMP(3);
