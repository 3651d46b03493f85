import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { isAppError } from "@/lib/diagnosis/app-error";
import { NOTICES, type Notice } from "@/lib/migration/vocabulary/notice";
import { UNENDED_TASK_STATUSES } from "@/lib/migration/vocabulary/rds-status";
import { Prisma } from "@/lib/store/generated/client";
import { queueNotice, queueNoticeAbout } from "@/lib/store/queue-notices";
import { getOutlook } from "../migration/get-outlook";
import { listMigrations } from "../migration/list-migrations";
import { RDS_KEEPS_MS } from "../record/remember-tasks";
import { standingNotices, turnOf } from "./standing-notices";

/**
 * Queues what no fact says but the standing of a migration does: it is ready, its imports run out, it falls behind its plan. Each
 * is told of a migration once a day (UTC) at most, however often it is looked at. A task of the console that RDS soon forgets is told of
 * once. Returns how many migrations had something to
 * tell.
 */
export async function tellStandings({ ctx }: { ctx: Ctx }): Promise<number> {
  requireRole(ctx.actor, "operator");
  const wanted = await wantedNotices(ctx);
  if (wanted.has("forgotten")) await tellForgotten(ctx);
  if (!["ready", "budget", "behind"].some((kind) => wanted.has(kind))) return 0;
  const at = ctx.now();
  const day = at.toISOString().slice(0, 10);
  const { migrations } = await listMigrations({ ctx, input: {} });
  const underWay = migrations.filter(isUnderWay);
  const isTurn = turnOf(underWay.length, at.getTime());
  let told = 0;
  for (const [index, summary] of underWay.entries()) {
    const behindSeconds = wanted.has("behind") && isTurn(index) ? await behindOf(ctx, summary.id) : null;
    const notices = standingNotices(summary, { behindSeconds, nowMs: at.getTime() }).filter((kind) =>
      wanted.has(kind),
    );
    for (const kind of notices) {
      await queueNotice(ctx.db, { migrationId: summary.id, kind, key: `${kind}.${day}`, at });
    }
    if (notices.length > 0) told += 1;
  }
  return told;
}

async function wantedNotices(ctx: Ctx): Promise<ReadonlySet<string>> {
  const channels = await ctx.db.channel.findMany({
    where: { enabled: true, archivedAt: null },
    select: { notices: true },
  });
  return new Set<Notice>(channels.flatMap(({ notices }) => NOTICES.filter((kind) => notices.includes(kind))));
}

const isUnderWay = ({ status, startedAt, finishedAt }: MigrationSummaryView) =>
  startedAt !== null && finishedAt === null && !["draft", "succeeded", "cancelled"].includes(status);

/** Null also where its plan can't be read: the others are told all the same. */
async function behindOf(ctx: Ctx, migrationId: string): Promise<number | null> {
  try {
    return (await getOutlook({ ctx, input: { migrationId } })).behindSeconds;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return null;
  }
}

/** RDS tells of a task for about a week. What is older than the first of these is told of; than the second, gone. */
const SOON_FORGOTTEN_MS = 6 * 86_400_000;

/** Of tasks made in the console those that have not ended, or whose files were never told: of the others our record knows all. */
async function tellForgotten(ctx: Ctx): Promise<void> {
  const at = ctx.now();
  const tasks = await ctx.db.importTask.findMany({
    where: {
      migrationId: null,
      rdsCreatedAt: {
        lte: new Date(at.getTime() - SOON_FORGOTTEN_MS),
        gt: new Date(at.getTime() - RDS_KEEPS_MS),
      },
      OR: [{ status: { in: UNENDED_TASK_STATUSES } }, { files: { equals: Prisma.DbNull } }],
    },
    select: { instanceId: true, rdsTaskId: true, databaseName: true },
  });
  for (const { instanceId, rdsTaskId, databaseName } of tasks) {
    const about = { database: databaseName, instanceId, taskId: rdsTaskId };
    await queueNoticeAbout(ctx.db, { about, kind: "forgotten", key: `${instanceId}.${rdsTaskId}`, at });
  }
}
