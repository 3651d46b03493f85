import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { WayBackView } from "@/lib/contracts/way-back";
import { AppError } from "@/lib/diagnosis/app-error";
import { JOB_TOLD_MS } from "@/lib/migration/aftercare";
import { rdsBackupEffect, rdsBackupTarget } from "@/lib/once/rds-backup-effect";
import { askOnce } from "../record/ask-once";
import { getWayBack } from "./get-way-back";
import { keepAftercare } from "./keep-aftercare";
import { loadOnline } from "./load-aftercare";

/**
 * Has RDS take the backup to go back with: once writes have stopped there. While one runs, asking again is the same job; after its end
 * it is another. Throws `not_found`, `conflict`/`aftercare_too_early`, `external_timeout` where it is not known whether RDS
 * began one, ExternalError for a plain refusal.
 */
export async function startWayBackBackup({ ctx, input }: Use<{ migrationId: string }>): Promise<WayBackView> {
  requireRole(ctx.actor, "operator");
  const { migrationId } = input;
  const { target, kept } = await loadOnline(ctx.db, migrationId);
  const { instanceId, databaseName, connectionId } = target;
  const { wayBack } = kept;
  const nowMs = ctx.now().getTime();
  if (wayBack === null || wayBack.ok !== null || nowMs - Date.parse(wayBack.at) > JOB_TOLD_MS) {
    const item = `${migrationId}/way-back/${wayBack?.jobId ?? "first"}`;
    const { row } = await askOnce(ctx, rdsBackupEffect, {
      target: rdsBackupTarget(
        { instanceId },
        { connectionId, migrationId, stepId: null, databaseName, item },
      ),
      unknown: () => new AppError("external_timeout", "backup_outcome_unknown", { instance: instanceId }),
      prepare: async () => ({ instanceId }),
    });
    const jobId = row.reference ?? "";
    const backup = {
      jobId,
      ok: null,
      endedAt: null,
      backupId: null,
      by: ctx.actor.name,
      at: ctx.now().toISOString(),
    };
    await keepAftercare(
      ctx,
      migrationId,
      (now) => (now.wayBack?.jobId === jobId ? null : { wayBack: backup }),
      [{ type: "first_backup_started", payload: { jobId } }],
    );
    ctx.wake();
  }
  return getWayBack({ ctx, input: { migrationId } });
}
