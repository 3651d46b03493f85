import type { Ctx } from "@/lib/context/context";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { assessDrift } from "@/lib/migration/assess-drift";
import { type DriftKind, SOURCE_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import type { ChainGuard } from "@/lib/sqlserver/source-server";
import { type MigrationRow, readAlarm } from "@/lib/store/typed-rows";
import { settleAlarms } from "./settle-alarms";

/** Backups looked back at; between two looks there are a handful at most. */
const HISTORY = 50;

/** What is needed of a migration to watch its source. */
export type WatchedMigration = Pick<
  MigrationRow,
  "id" | "version" | "sourceConnectionId" | "sourceDatabase" | "backupBy" | "targetLsn" | "driftBaseline"
>;

/** What one look at a source saw. */
export interface DriftLook {
  /** Alarms that stand. */
  kinds: DriftKind[];
  /** Migration and chain as they were, when nothing was found and nothing stands; null otherwise. */
  quiet: string | null;
}

/**
 * Looks once at the source of a running migration and raises, keeps or clears its alarms, each with an event. A source that can't be
 * reached changes nothing. `before`: what a look saw that found nothing; when migration and chain, by `guardsOf` its server, are still so, that is all.
 * Throws ExternalError when it can't be asked.
 */
export async function watchDrift(
  ctx: Ctx,
  migration: WatchedMigration,
  before?: string,
  guardsOf?: (connectionId: string) => Promise<ReadonlyMap<string, ChainGuard>>,
): Promise<DriftLook> {
  const { sourceConnectionId, sourceDatabase } = migration;
  const unseen: DriftLook = { kinds: [], quiet: null };
  if (sourceConnectionId === null || sourceDatabase === null) return unseen;
  if (before !== undefined && guardsOf !== undefined) {
    const guard = (await guardsOf(sourceConnectionId)).get(sourceDatabase);
    if (guard !== undefined && quietKey(migration, guard) === before) return { kinds: [], quiet: before };
  }
  const full = await ctx.db.backupFile.findFirst({
    where: { migrationId: migration.id, type: "full", state: { notIn: ["refused", "skipped", "failed"] } },
    orderBy: { createdAt: "desc" },
    select: { backupSetGuid: true, lastLsn: true },
  });
  const source = await ctx.clients.source(sourceConnectionId);
  // The guard first: what happens in between is then in the history too, and explained by it.
  const guard = await source.readChainGuard(sourceDatabase);
  if (guard?.state !== "ONLINE") return unseen;
  const history = await source
    .listBackups({ database: sourceDatabase, limit: HISTORY })
    .catch((error: unknown) => {
      if (!isExternalError(error) || error.fields.kind !== "forbidden") throw error;
      ctx.log.warn(
        { failure: failureOf(error).reason },
        "msdb may not be read: foreign backups have no names",
      );
      return null;
    });
  const steps = await ctx.db.migrationStep.findMany({
    where: { migrationId: migration.id, kind: "backup" },
    select: { id: true },
  });
  const baseline = migration.driftBaseline ?? {
    recoveryModel: guard.recoveryModel,
    forkGuid: guard.forkGuid,
    databaseGuid: guard.databaseGuid,
  };
  const findings = assessDrift({
    baseline,
    guard,
    history,
    ourNames: new Set(steps.map(({ id }) => backupSetName(id))),
    weTakeBackups: migration.backupBy === "app",
    full,
    reachedLsn: migration.targetLsn,
  });
  await ctx.db.$transaction(async (tx) => {
    if (migration.driftBaseline === null) {
      await tx.migration.update({ where: { id: migration.id }, data: { driftBaseline: { ...baseline } } });
    }
    await settleAlarms(ctx, tx, { migrationId: migration.id, kinds: SOURCE_DRIFT_KINDS, findings });
  });
  const open = await ctx.db.driftAlarm.findMany({ where: { migrationId: migration.id, clearedAt: null } });
  const kinds = open.map((alarm) => readAlarm(alarm).kind);
  // The first look has written its baseline since it read the row.
  const isSettled = migration.driftBaseline !== null && findings.length === 0 && kinds.length === 0;
  return { kinds, quiet: isSettled ? quietKey(migration, guard) : null };
}

/**
 * What must have changed where something is to be found; null where a backup by others need not show: the LSN at which the next log
 * begins moves with every log backup that is not copy-only, the base with every such full.
 * https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-recovery-status-transact-sql
 */
function quietKey({ version }: WatchedMigration, guard: ChainGuard): string | null {
  const { nextLogFirstLsn, differentialBaseGuid, forkGuid } = guard;
  if (nextLogFirstLsn === null || differentialBaseGuid === null || forkGuid === null) return null;
  return JSON.stringify([version, guard]);
}

/** The NAME of our backup sets: the one thing by which they are known again. */
export function backupSetName(stepId: string): string {
  return `chainferry ${stepId}`;
}
