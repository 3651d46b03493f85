import type { EventType, NewEvent } from "@/lib/migration/vocabulary/events";
import type { Notice } from "@/lib/migration/vocabulary/notice";
import type { Prisma } from "./generated/client";

/** Facts that are told, and as what. */
const NOTICE_OF: Readonly<Partial<Record<EventType, Notice>>> = {
  step_unknown: "needs_you",
  file_refused: "needs_you",
  timelines_found: "needs_you",
  hold_missed: "needs_you",
  drift_raised: "drift",
  step_failed: "failed",
  went_back: "taken_back",
  database_online: "online",
  check_succeeded: "verdict",
  check_failed: "verdict",
};

/**
 * Writes into the outbox, in the transaction of the facts, what each channel is to be told of them. The id is made of channel,
 * migration and number of the fact: a receiver that looks at ids is told once.
 */
export async function queueNotices(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  input: { migrationId: string; firstSeq: number; at: Date; events: readonly NewEvent[] },
): Promise<void> {
  const { migrationId, firstSeq, at, events } = input;
  for (const [index, { type }] of events.entries()) {
    const kind = NOTICE_OF[type];
    if (kind === undefined) continue;
    await queueNotice(tx, { migrationId, kind, key: `${firstSeq + index}`, at });
  }
}

/**
 * Writes one notice for each channel that wants it of this migration. `key` tells it from the migration's other notices: what is
 * queued again under the same one stays one.
 */
export async function queueNotice(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  { migrationId, kind, key, at }: { migrationId: string; kind: Notice; key: string; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Notice" ("id", "channelId", "migrationId", "kind", "at", "dueAt", "state", "attempts")
    SELECT "id" || '.' || ${migrationId}::text || '.' || ${key}::text, "id", ${migrationId}, ${kind}, ${at}, ${at}, 'waiting', 0
    FROM "Channel" WHERE "enabled" AND "archivedAt" IS NULL AND ${kind} = ANY("notices")
      AND (coalesce(cardinality("migrations"), 0) = 0 OR ${migrationId}::text = ANY("migrations"))
    ON CONFLICT ("id") DO NOTHING`;
}
