import { z } from "zod";
import type { Prisma } from "./generated/client";
import { STORE_NOW } from "./store-now";

type RawDb = Pick<Prisma.TransactionClient, "$executeRaw" | "$queryRaw">;

const Left = z.array(z.object({ ms: z.number() }));

/** For how many milliseconds more RDS is not to be asked with this account; 0: it may be. */
export async function rdsPauseLeft(db: RawDb, connectionId: string): Promise<number> {
  const rows = await db.$queryRaw`
    SELECT greatest(0, extract(epoch FROM "until" - ${STORE_NOW}) * 1000)::float8 AS ms
    FROM "RdsPause" WHERE "connectionId" = ${connectionId}`;
  return Math.ceil(Left.parse(rows)[0]?.ms ?? 0);
}

/** From now on for so many milliseconds; one that lasts longer stays. */
export async function pauseRds(db: RawDb, connectionId: string, ms: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "RdsPause" ("connectionId", "until")
    VALUES (${connectionId}, ${STORE_NOW} + make_interval(secs => ${ms / 1_000}))
    ON CONFLICT ("connectionId") DO UPDATE SET "until" = greatest("RdsPause"."until", excluded."until")`;
}
