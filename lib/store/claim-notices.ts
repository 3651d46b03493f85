import type { Notice, Prisma } from "./generated/client";

/**
 * Takes due notices of a channel for this process until `lease`, oldest first, and counts an attempt. Another process passes
 * over what is locked, and then finds it not due.
 */
export async function claimNotices(
  db: Pick<Prisma.TransactionClient, "$queryRaw">,
  input: { channelId: string; now: Date; lease: Date; limit: number },
): Promise<Notice[]> {
  const { channelId, now, lease, limit } = input;
  const rows = await db.$queryRaw<Notice[]>`
    UPDATE "Notice" SET "dueAt" = ${lease}, "attempts" = "attempts" + 1
    WHERE "id" IN (
      SELECT "id" FROM "Notice" WHERE "channelId" = ${channelId} AND "state" = 'waiting' AND "dueAt" <= ${now}
      ORDER BY "at", "id" LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING *`;
  return rows.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}
