-- CreateTable
CREATE TABLE "RdsPause" (
    "connectionId" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RdsPause_pkey" PRIMARY KEY ("connectionId")
);
