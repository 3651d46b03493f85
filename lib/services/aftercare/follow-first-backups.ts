import type { Ctx } from "@/lib/context/context";
import { passOver } from "@/lib/context/pass-over";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { readMigration } from "@/lib/store/typed-rows";
import { keepAftercare } from "./keep-aftercare";

/** RDS tells of a job for a day; what has not ended by then is not known any more. */
const FOLLOWED_MS = 26 * 3_600_000;

/**
 * One look at every backup that was asked for in the aftercare and runs, to its end: whoever started it need not stay. An RDS that
 * does not answer is asked at the next look.
 */
export async function followFirstBackups(ctx: Ctx): Promise<void> {
  const calls = await ctx.db.onceCall.findMany({
    where: {
      kind: "rds_backup",
      outcome: "accepted",
      intendedAt: { gt: new Date(ctx.now().getTime() - FOLLOWED_MS) },
    },
    select: { migrationId: true },
  });
  for (const migrationId of new Set(calls.map((call) => call.migrationId))) {
    if (migrationId === null) continue;
    for (const which of ["backup", "wayBack"] as const) {
      await passOver(
        ctx,
        { name: "backup of the aftercare", migrationId },
        () => follow(ctx, migrationId, which),
        isExternalError,
      );
    }
  }
}

async function follow(ctx: Ctx, migrationId: string, which: "backup" | "wayBack"): Promise<void> {
  const found = await ctx.db.migration.findUnique({ where: { id: migrationId } });
  if (!found) return;
  const { aftercare, instanceId, cloudConnectionId } = readMigration(found);
  const backup = aftercare?.[which] ?? null;
  if (backup === null || backup.ok !== null || instanceId === null || cloudConnectionId === null) return;
  const rds = await ctx.clients.rds(cloudConnectionId);
  const jobs = await rds.listBackupJobs({ instanceId, jobId: backup.jobId });
  const job = jobs.find(({ jobId }) => jobId === backup.jobId);
  if (job === undefined || job.state === "running") return;
  const ok = job.state === "finished";
  const endedAt = ctx.now().toISOString();
  await keepAftercare(
    ctx,
    migrationId,
    (kept) =>
      kept[which]?.jobId !== backup.jobId || kept[which].ok !== null
        ? null
        : { [which]: { ...kept[which], ok, endedAt, backupId: job.backupId } },
    [{ type: "first_backup_ended", payload: { ok, backupId: job.backupId } }],
  );
}
