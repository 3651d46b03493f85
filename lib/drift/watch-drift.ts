import type { Ctx, Tx } from "@/lib/context/context";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { assessDrift, type DriftFinding } from "@/lib/migration/assess-drift";
import type { DriftKind } from "@/lib/migration/vocabulary/drift-kind";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { appendEvents } from "@/lib/store/append-events";
import { type AlarmRow, type MigrationRow, readAlarm } from "@/lib/store/typed-rows";

/** Backups looked back at; between two looks there are a handful at most. */
const HISTORY = 50;
const CLEARED_BY_ITSELF = "engine";

/** What is needed of a migration to watch its source. */
export type WatchedMigration = Pick<
  MigrationRow,
  "id" | "sourceConnectionId" | "sourceDatabase" | "backupBy" | "targetLsn" | "driftBaseline"
>;

/**
 * Looks once at the source of a running migration and raises, keeps or clears its alarms, each with an event. Answers the
 * kinds that stand. A source that can't be reached changes nothing. Throws ExternalError when it can't be asked.
 */
export async function watchDrift(ctx: Ctx, migration: WatchedMigration): Promise<DriftKind[]> {
  const { sourceConnectionId, sourceDatabase } = migration;
  if (sourceConnectionId === null || sourceDatabase === null) return [];
  const full = await ctx.db.backupFile.findFirst({
    where: { migrationId: migration.id, type: "full", state: { notIn: ["refused", "skipped", "failed"] } },
    orderBy: { createdAt: "desc" },
    select: { backupSetGuid: true, lastLsn: true },
  });
  const source = await ctx.clients.source(sourceConnectionId);
  // The guard first: what happens in between is then in the history too, and explained by it.
  const guard = await source.readChainGuard(sourceDatabase);
  if (guard?.state !== "ONLINE") return [];
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
    await settleAlarms(ctx, tx, migration.id, findings);
  });
  const open = await ctx.db.driftAlarm.findMany({ where: { migrationId: migration.id, clearedAt: null } });
  return open.map((alarm) => readAlarm(alarm).kind);
}

/** The NAME of our backup sets: the one thing by which they are known again. */
export function backupSetName(stepId: string): string {
  return `chainferry ${stepId}`;
}

async function settleAlarms(ctx: Ctx, tx: Tx, migrationId: string, findings: DriftFinding[]): Promise<void> {
  const now = ctx.now();
  const known = (await tx.driftAlarm.findMany({ where: { migrationId } })).map(readAlarm);
  const events: NewEvent[] = [];
  for (const { kind, fingerprint, evidence } of findings) {
    const alarm = known.find((one) => one.kind === kind && one.fingerprint === fingerprint);
    // A person who said "go on" is not asked again about the same event.
    const raise = !alarm || (alarm.clearedAt !== null && alarm.clearedBy === CLEARED_BY_ITSELF);
    if (raise) events.push({ type: "drift_raised", payload: { drift: kind, ...evidence } });
    const seen = { evidence, lastSeenAt: now, ...(raise ? { clearedAt: null, clearedBy: null } : {}) };
    await tx.driftAlarm.upsert({
      where: { migrationId_kind_fingerprint: { migrationId, kind, fingerprint } },
      create: { id: ctx.newId(), migrationId, kind, fingerprint, raisedAt: now, ...seen },
      update: raise ? { ...seen, raisedAt: now } : seen,
    });
  }
  for (const alarm of known) {
    if (alarm.clearedAt !== null || findings.some((finding) => isSame(finding, alarm))) continue;
    await tx.driftAlarm.update({
      where: { id: alarm.id },
      data: { clearedAt: now, clearedBy: CLEARED_BY_ITSELF },
    });
    events.push({ type: "drift_cleared", payload: { drift: alarm.kind } });
  }
  if (events.length > 0) await appendEvents(tx, { migrationId, actor: ctx.actor.name, at: now, events });
}

function isSame(finding: DriftFinding, alarm: AlarmRow): boolean {
  return finding.kind === alarm.kind && finding.fingerprint === alarm.fingerprint;
}
