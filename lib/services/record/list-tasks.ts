import type { z } from "zod";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { RecordListView } from "@/lib/contracts/record";
import { RecordsFilter } from "@/lib/contracts/record-input";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { SourceCustody } from "@/lib/migration/source-custody";
import { UNENDED_TASK_STATUSES } from "@/lib/migration/vocabulary/rds-status";
import type { RdsTask } from "@/lib/rds/rds-account";
import { lets, scopeOf } from "@/lib/services/scope/require-scope";
import { type ImportTask, Prisma } from "@/lib/store/generated/client";
import { loadConnection } from "@/lib/store/load-connection";
import { RDS_KEEPS_MS, rememberTasks } from "./remember-tasks";
import { taskViewOfRds, taskViewOfRow } from "./task-view";

const DAY_MS = 86_400_000;
/** Tasks of ours that are under way but not listed are asked for one by one: the list is documented for full files. */
const ASK_ONE_BY_ONE = 10;

/**
 * Cloud Migration Records: every task of the instance in the given days, newest first. What RDS says is remembered; when
 * RDS cannot be asked, what is remembered is the answer, marked `stale`. Who is limited to databases gets theirs.
 */
export async function listTasks({ ctx, input }: Use<RecordsFilter>): Promise<z.infer<typeof RecordListView>> {
  requireRole(ctx.actor, "viewer");
  const filter = RecordsFilter.parse(input);
  await loadConnection(ctx.db, filter.connectionId, "cloud_account");
  let listed: RdsTask[] | null = null;
  try {
    listed = await askRds(ctx, filter);
  } catch (error) {
    if (!isExternalError(error)) throw error;
    const { system, providerCode, providerRequestId } = error.fields;
    ctx.log.warn({ system, providerCode, providerRequestId }, "records from our own store");
  }
  if (listed !== null && listed.length > 0) await rememberTasks(ctx, filter, listed);
  const limits = scopeOf(ctx.actor)?.databases ?? [];
  const rows = (await ctx.db.importTask.findMany({ where: inDays(filter) })).filter(({ databaseName }) =>
    lets(limits, databaseName),
  );
  const fresh = new Map((listed ?? []).map((task) => [task.taskId, task]));
  const closedSince = await sourcesClosed(ctx, rows);
  const tasks = rows.map((row) => {
    const task = fresh.get(row.rdsTaskId);
    const view = task ? taskViewOfRds(task, row.migrationId) : taskViewOfRow(row);
    return { ...view, sourceClosedSince: closedSince.get(row.migrationId) ?? null };
  });
  tasks.sort((left, right) => (right.startedAt ?? "").localeCompare(left.startedAt ?? ""));
  return { tasks, asOf: ctx.now().toISOString(), stale: listed === null };
}

/** Since when the sources of these tasks' migrations are closed by them, and nothing has taken their place yet. */
async function sourcesClosed(ctx: Ctx, tasks: readonly ImportTask[]): Promise<Map<string | null, string>> {
  const ids = tasks.flatMap(({ migrationId }) => migrationId ?? []);
  const rows = await ctx.db.migration.findMany({
    where: { id: { in: ids }, onlineAt: null, custody: { not: Prisma.DbNull } },
    select: { id: true, custody: true },
  });
  return new Map(
    rows.flatMap(({ id, custody }) => {
      const read = SourceCustody.safeParse(custody);
      return read.success ? [[id, read.data.since]] : [];
    }),
  );
}

async function askRds(ctx: Ctx, filter: RecordsFilter): Promise<RdsTask[]> {
  const { instanceId } = filter;
  const first = Math.max(startOf(filter.from), ctx.now().getTime() - RDS_KEEPS_MS);
  const last = endOf(filter.to);
  const rds = await ctx.clients.rds(filter.connectionId);
  const listed =
    first < last
      ? await rds.listTasks({
          instanceId,
          from: new Date(first).toISOString(),
          to: new Date(last).toISOString(),
        })
      : [];
  const known = new Set(listed.map((task) => task.taskId));
  const open = await ctx.db.importTask.findMany({
    where: {
      ...inDays(filter),
      status: { in: UNENDED_TASK_STATUSES },
      rdsTaskId: { notIn: [...known] },
    },
    select: { rdsTaskId: true },
    orderBy: { lastSeenAt: "asc" },
    take: ASK_ONE_BY_ONE,
  });
  const found = await Promise.all(open.map((row) => rds.findTask({ instanceId, taskId: row.rdsTaskId })));
  return [...listed, ...found.filter((task) => task !== null)];
}

/** By RDS's creation time, or by ours where RDS did not say. */
function inDays(filter: RecordsFilter) {
  const range = { gte: new Date(startOf(filter.from)), lt: new Date(endOf(filter.to)) };
  return {
    connectionId: filter.connectionId,
    instanceId: filter.instanceId,
    OR: [{ rdsCreatedAt: range }, { rdsCreatedAt: null, firstSeenAt: range }],
  };
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function endOf(day: string): number {
  return startOf(day) + DAY_MS;
}
