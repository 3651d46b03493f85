import type { Prisma } from "./generated/client";

/**
 * Keeps what the list of all migrations says of these, each of the `version` that it was made of; one that has gone on, or that
 * somebody is at, is left: the next look makes it anew. Waits for nobody.
 */
export async function keepSummaries(
  db: Pick<Prisma.TransactionClient, "$executeRaw">,
  made: readonly { id: string; version: number; summary: object }[],
): Promise<void> {
  if (made.length === 0) return;
  await db.$executeRaw`
    UPDATE "Migration" SET "summary" = made."summary", "summaryOf" = made."version"
    FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS made("id" text, "version" int, "summary" jsonb)
    WHERE "Migration"."id" = made."id" AND "Migration"."version" = made."version" AND "Migration"."id" IN (
      SELECT "id" FROM "Migration" WHERE "id" = ANY(${made.map(({ id }) => id)}::text[]) FOR UPDATE SKIP LOCKED
    )`;
}
