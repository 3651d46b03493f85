import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { chainHash } from "./event-chain";
import type { Prisma } from "./generated/client";
import { queueHookCalls } from "./queue-hook-calls";
import { queueNotices } from "./queue-notices";

/**
 * Appends facts in the caller's transaction and counts the migration's version up. Each carries a hash of itself and of
 * all before it (`event-chain.ts`): the update of the migration's row lets one transaction at a time append.
 */
export async function appendEvents(
  tx: Prisma.TransactionClient,
  input: { migrationId: string; actor: string; at: Date; events: NewEvent[] },
): Promise<void> {
  const { migrationId, actor, at, events } = input;
  const row = await tx.migration.update({
    where: { id: migrationId },
    data: { nextSeq: { increment: events.length }, version: { increment: 1 } },
    select: { nextSeq: true, hook: true, cutover: true },
  });
  if (events.length === 0) return;
  const first = row.nextSeq - events.length;
  const before = await tx.migrationEvent.findUnique({
    where: { migrationId_seq: { migrationId, seq: first - 1 } },
    select: { hash: true },
  });
  let hash = before?.hash ?? "";
  await tx.migrationEvent.createMany({
    data: events.map(({ type, payload }, index) => {
      const event = { migrationId, seq: first + index, type, payload, actor };
      hash = chainHash(hash, { ...event, at: at.toISOString() });
      return { ...event, at, hash };
    }),
  });
  await queueNotices(tx, { migrationId, firstSeq: first, at, events });
  await queueHookCalls(tx, { migrationId, firstSeq: first, at, events, columns: row });
}
