-- AlterTable
ALTER TABLE "MigrationStep" ADD COLUMN     "reclaims" INTEGER NOT NULL DEFAULT 0;
