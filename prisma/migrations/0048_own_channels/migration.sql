-- AlterTable
ALTER TABLE "Channel" ADD COLUMN     "personId" TEXT,
ADD COLUMN     "viaId" TEXT;

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "about" JSONB;
