-- AlterTable
ALTER TABLE "MigrationEvent" ADD COLUMN     "hash" TEXT;
