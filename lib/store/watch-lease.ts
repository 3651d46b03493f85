import { Prisma } from "./generated/client";
import { STORE_NOW } from "./store-now";

type RawDb = Pick<Prisma.TransactionClient, "$executeRaw">;

/** Takes or keeps the lease of that name for so many milliseconds; false: another has it. */
export async function takeLease(
  db: RawDb,
  { name, holder, ms }: { name: string; holder: string; ms: number },
): Promise<boolean> {
  const until = Prisma.sql`${STORE_NOW} + make_interval(secs => ${ms / 1_000})`;
  const taken = await db.$executeRaw`
    INSERT INTO "WatchLease" ("name", "holder", "until") VALUES (${name}, ${holder}, ${until})
    ON CONFLICT ("name") DO UPDATE SET "holder" = excluded."holder", "until" = excluded."until"
    WHERE "WatchLease"."holder" = excluded."holder" OR "WatchLease"."until" < ${STORE_NOW}`;
  return taken === 1;
}

/** Gives back all that it holds: the next need not wait for their end. */
export async function giveLeasesBack(db: RawDb, holder: string): Promise<void> {
  await db.$executeRaw`DELETE FROM "WatchLease" WHERE "holder" = ${holder}`;
}
