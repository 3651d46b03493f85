import type { Ctx } from "@/lib/context/context";
import { passOver } from "@/lib/context/pass-over";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { JOB_TOLD_MS } from "@/lib/migration/aftercare";
import type { Migration } from "@/lib/store/generated/client";
import { readMigration } from "@/lib/store/typed-rows";
import { keepAftercare } from "./keep-aftercare";

/**
 * One look at every backup that was asked for in the aftercare and runs, to its end: whoever started it need not stay. An RDS that
 * does not answer is asked at the next look.
 */
export async function followFirstBackups(ctx: Ctx): Promise<void> {
  const calls = await ctx.db.onceCall.findMany({
    where: {
      kind: "rds_backup",
      outcome: "accepted",
      intendedAt: { gt: new Date(ctx.now().getTime() - JOB_TOLD_MS) },
    },
    select: { migrationId: true },
  });
  for (const migrationId of new Set(calls.map((call) => call.migrationId))) {
    if (migrationId === null) continue;
    const found = await ctx.db.migration.findUnique({ where: { id: migrationId } });
    if (!found) continue;
    for (const which of ["backup", "wayBack"] as const) {
      await passOver(
        ctx,
        { name: "backup of the aftercare", migrationId },
        () => follow(ctx, found, which),
        isExternalError,
      );
    }
  }
}

async function follow(ctx: Ctx, found: Migration, which: "backup" | "wayBack"): Promise<void> {
  const { id, aftercare, instanceId, cloudConnectionId } = readMigration(found);
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
    id,
    (kept) =>
      kept[which]?.jobId !== backup.jobId || kept[which].ok !== null
        ? null
        : { [which]: { ...kept[which], ok, endedAt, backupId: job.backupId } },
    [{ type: "first_backup_ended", payload: { ok, backupId: job.backupId } }],
  );
}
