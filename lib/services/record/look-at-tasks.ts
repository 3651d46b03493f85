import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { UNENDED_TASK_STATUSES } from "@/lib/migration/vocabulary/rds-status";
import { listFilesIfTold } from "@/lib/rds/list-files-if-told";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { Prisma } from "@/lib/store/generated/client";
import { rememberFiles } from "./list-files";
import { RDS_KEEPS_MS, rememberTasks } from "./remember-tasks";

/** Tasks of an instance whose files are asked for in one look: the rest have their turn in the next. */
const FILES_AT_A_LOOK = 20;

/**
 * Looks at the tasks of all instances of all accounts, those made in the console too, and keeps them with their files before
 * RDS forgets them, though nobody opens the page. What can't be asked now is passed over; the next look has it.
 */
export async function lookAtTasks({ ctx, input }: Use<{ signal: AbortSignal }>): Promise<void> {
  requireRole(ctx.actor, "operator");
  const accounts = await ctx.db.connection.findMany({
    where: { kind: "cloud_account", archivedAt: null },
    select: { id: true },
  });
  for (const { id: connectionId } of accounts) {
    if (input.signal.aborted) return;
    await passOver(ctx, { connectionId }, async () => {
      const rds = await ctx.clients.rds(connectionId);
      for (const { instanceId } of await rds.listInstances()) {
        if (input.signal.aborted) return;
        await passOver(ctx, { connectionId, instanceId }, () =>
          lookAt(ctx, rds, { connectionId, instanceId }),
        );
      }
    });
  }
}

async function lookAt(
  ctx: Ctx,
  rds: RdsAccount,
  place: { connectionId: string; instanceId: string },
): Promise<void> {
  const { instanceId } = place;
  const now = ctx.now().getTime();
  const from = new Date(now - RDS_KEEPS_MS);
  const listed = await rds.listTasks({
    instanceId,
    from: from.toISOString(),
    to: new Date(now + 60_000).toISOString(),
  });
  const changed = await rememberTasks(ctx, place, listed);
  const wanted = await ctx.db.importTask.findMany({
    where: {
      ...place,
      rdsTaskId: { in: listed.map(({ taskId }) => taskId) },
      OR: [
        { rdsTaskId: { in: changed } },
        { files: { equals: Prisma.DbNull } },
        { status: { in: UNENDED_TASK_STATUSES } },
      ],
    },
    select: { rdsTaskId: true },
    orderBy: { lastSeenAt: "asc" },
    take: FILES_AT_A_LOOK,
  });
  for (const { rdsTaskId: taskId } of wanted) {
    await passOver(ctx, { ...place, taskId }, async () => {
      const files = await listFilesIfTold(rds, { instanceId, taskId });
      await rememberFiles(ctx, { ...place, taskId }, files ?? []);
    });
  }
}

async function passOver(ctx: Ctx, at: object, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (isExternalError(error)) {
      const { system, providerCode, providerRequestId } = error.fields;
      ctx.log.warn({ ...at, system, providerCode, providerRequestId }, "records watch: passed over");
    } else if (isAppError(error)) {
      // The account's endpoint or secret is refused here; the other accounts are looked at all the same.
      ctx.log.warn({ ...at, reason: error.fields.reason }, "records watch: passed over");
    } else throw error;
  }
}
