import type { NoticeSubject } from "@/lib/contracts/channel";
import type { EventType, NewEvent } from "@/lib/migration/vocabulary/events";
import type { Notice } from "@/lib/migration/vocabulary/notice";
import { Prisma } from "./generated/client";

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

/** A list of a person's scope holds a column of the migration, or limits nothing; as `migrationsInScope` of the services has it. */
const lets = (list: string, column: string) =>
  `(jsonb_array_length(p."scope"->'${list}') = 0 OR jsonb_exists(p."scope"->'${list}', m."${column}")
    OR (m."${column}" IS NULL AND m."createdBy" = p."id"))`;

/** Whether a person who is limited may see the migration. */
const IN_SCOPE = Prisma.raw(
  [
    lets("connections", "sourceConnectionId"),
    lets("connections", "cloudConnectionId"),
    lets("instances", "instanceId"),
    lets("databases", "sourceDatabase"),
  ].join(" AND "),
);

/**
 * Writes one notice for each channel that wants it of this migration: everybody's, and those of people who may see it. `key` tells it
 * from the migration's other notices: what is queued again under the same one stays one.
 */
export async function queueNotice(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  { migrationId, kind, key, at }: { migrationId: string; kind: Notice; key: string; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Notice" ("id", "channelId", "migrationId", "kind", "at", "dueAt", "state", "attempts")
    SELECT c."id" || '.' || ${migrationId}::text || '.' || ${key}::text, c."id", ${migrationId}, ${kind}, ${at}, ${at}, 'waiting', 0
    FROM "Channel" c LEFT JOIN "Person" p ON p."id" = c."personId" LEFT JOIN "Migration" m ON m."id" = ${migrationId}
    WHERE c."enabled" AND c."archivedAt" IS NULL AND ${kind} = ANY(c."notices")
      AND (coalesce(cardinality(c."migrations"), 0) = 0 OR ${migrationId}::text = ANY(c."migrations"))
      AND (c."personId" IS NULL OR (p."id" IS NOT NULL AND p."disabledAt" IS NULL
        AND (p."role" = 'administrator' OR p."scope" IS NULL OR (${IN_SCOPE}))))
    ON CONFLICT ("id") DO NOTHING`;
}

/**
 * The same of what is no migration's, `about` which it is: for channels that tell of all migrations, and of people only for those who are
 * limited to nothing.
 */
export async function queueNoticeAbout(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  { about, kind, key, at }: { about: NoticeSubject; kind: Notice; key: string; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Notice" ("id", "channelId", "migrationId", "kind", "about", "at", "dueAt", "state", "attempts")
    SELECT c."id" || '..' || ${key}::text, c."id", '', ${kind}, ${JSON.stringify(about)}::jsonb, ${at}, ${at}, 'waiting', 0
    FROM "Channel" c LEFT JOIN "Person" p ON p."id" = c."personId"
    WHERE c."enabled" AND c."archivedAt" IS NULL AND ${kind} = ANY(c."notices")
      AND coalesce(cardinality(c."migrations"), 0) = 0
      AND (c."personId" IS NULL OR (p."id" IS NOT NULL AND p."disabledAt" IS NULL
        AND (p."role" = 'administrator' OR p."scope" IS NULL)))
    ON CONFLICT ("id") DO NOTHING`;
}
