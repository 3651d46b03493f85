import type { Ctx, Tx } from "@/lib/context/context";
import { passOver } from "@/lib/context/pass-over";
import { UNFINISHED } from "@/lib/context/unfinished";
import type { CutoverRequest } from "@/lib/migration/cutover-request";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { judgeDeadline, type PassedDeadline } from "@/lib/plan/judge-deadline";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import { loadMigration, lockMigration, type MigrationRows } from "@/lib/store/migration-rows";
import { goBack } from "./request-release";

/**
 * One look at the deadline of every cutover that has stopped writes. What has passed is told, and taken back by itself where
 * that was chosen: by the same way as a person goes back, so that a process killed at any line leaves the request or none.
 * Nothing is taken back once RDS may have been asked to open the database. A row that another version wrote is passed over.
 */
export async function watchDeadlines(ctx: Ctx): Promise<void> {
  const underWay = await ctx.db.migration.findMany({
    where: {
      // Before the lock: a cutover that has no deadline is not held up by a look at it.
      cutover: { path: ["deadline"], not: Prisma.AnyNull },
      release: { equals: Prisma.DbNull },
      onlineAt: null,
      status: UNFINISHED,
      // As the index says it.
      AND: [{ cutover: { not: Prisma.DbNull } }],
      OR: [{ writesStoppedAt: { not: null } }, { custody: { not: Prisma.DbNull } }],
    },
    select: { id: true },
  });
  for (const { id } of underWay) {
    await passOver(ctx, { name: "deadline", migrationId: id }, async () => {
      if (await ctx.db.$transaction((tx) => lookAt(ctx, tx, id))) ctx.wake();
    });
  }
}

/** True: its deadline has passed, and that is written down. */
async function lookAt(ctx: Ctx, tx: Tx, migrationId: string): Promise<boolean> {
  await lockMigration(tx, migrationId);
  const row = await loadMigration(tx, migrationId);
  const cutover = row?.cutover;
  if (!row || !cutover?.deadline) return false;
  const now = ctx.now();
  const passed = judgeDeadline(snapshotOf(row), {
    nowMs: now.getTime(),
    stoppedAtMs: stoppedAtMs(row),
    checkMode: cutover.checkMode,
    timeFactor: row.sandbox ? (ctx.system.sandbox?.timeFactor ?? 1) : 1,
  });
  if (passed === null || (await isOpeningAskedFor(tx, migrationId))) return false;
  await tellPassed({ ctx, tx, row, cutover }, passed);
  if (cutover.deadline.after === "take_back") await goBack({ ctx, tx, row }, "deadline");
  await advanceMigration(ctx, tx, migrationId);
  return true;
}

/** The source may be closed before the step that closes it has ended. */
function stoppedAtMs({ writesStoppedAt, custody }: MigrationRows): number | null {
  if (writesStoppedAt) return writesStoppedAt.getTime();
  return custody === null ? null : Date.parse(custody.since);
}

async function isOpeningAskedFor(tx: Tx, migrationId: string): Promise<boolean> {
  const calls = await tx.onceCall.count({
    where: { migrationId, kind: "open", OR: [{ settledAt: null }, { outcome: "accepted" }] },
  });
  return calls > 0;
}

async function tellPassed(
  on: { ctx: Ctx; tx: Tx; row: MigrationRows; cutover: CutoverRequest },
  { why, restSeconds }: PassedDeadline,
): Promise<void> {
  const { ctx, tx, row, cutover } = on;
  const { deadline } = cutover;
  if (deadline === null) return;
  const at = ctx.now();
  const passed = { at: at.toISOString(), why };
  await tx.migration.update({
    where: { id: row.id },
    data: { cutover: { ...cutover, deadline: { ...deadline, passed } } },
  });
  const { minutes, after } = deadline;
  const payload = { minutes, after, why, restSeconds };
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at,
    events: [{ type: "deadline_passed", payload }],
  });
}
