import { z } from "zod";
import { Prisma } from "./generated/client";

type RawDb = Pick<Prisma.TransactionClient, "$executeRaw" | "$queryRaw">;

/** By the store's clock: those of machines differ. */
const STORE_NOW = Prisma.sql`(clock_timestamp() AT TIME ZONE 'UTC')::timestamp(3)`;
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
