-- CreateTable
CREATE TABLE "WatchLease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WatchLease_pkey" PRIMARY KEY ("name")
);
