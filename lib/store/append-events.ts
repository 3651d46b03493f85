import type { NewEvent } from "@/lib/migration/vocabulary/events";
import type { Prisma } from "./generated/client";

/** Appends facts in the caller's transaction and counts the migration's version up. */
export async function appendEvents(
  tx: Prisma.TransactionClient,
  input: { migrationId: string; actor: string; at: Date; events: NewEvent[] },
): Promise<void> {
  const { migrationId, actor, at, events } = input;
  const row = await tx.migration.update({
    where: { id: migrationId },
    data: { nextSeq: { increment: events.length }, version: { increment: 1 } },
    select: { nextSeq: true },
  });
  if (events.length === 0) return;
  const first = row.nextSeq - events.length;
  await tx.migrationEvent.createMany({
    data: events.map((event, index) => ({
      migrationId,
      seq: first + index,
      type: event.type,
      payload: event.payload,
      actor,
      at,
    })),
  });
}
