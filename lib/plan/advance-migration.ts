import { lastStep, type MigrationSnapshot, type PlannedStep } from "@/lib/migration/snapshot";
import { stepKeyOf } from "@/lib/migration/step-key";
import type { Prisma } from "@/lib/store/generated/client";
import { loadMigration, lockMigration, type MigrationRows, slimMigration } from "@/lib/store/migration-rows";
import { readSlim } from "@/lib/store/packed-migrations";
import { unreadableIn } from "@/lib/store/read-column";
import { readStep, type StepRow } from "@/lib/store/typed-rows";
import { hastenRounds } from "./hasten-rounds";
import { summarise } from "./kept-summary";
import { measuredRounds } from "./measured-rounds";
import { planNext } from "./plan-next";
import { snapshotOf } from "./snapshot-of";
import { standingOf } from "./standing";
import { ofKind } from "./step-definitions";
import { asksForPace, type InstancePace } from "./take-ahead";

/** How many of the instance's other migrations are asked what their restores took. */
const EARLIER_MIGRATIONS = 5;

/** Adds the given steps as rows, and returns them. The row is the queue entry: committed with the facts that caused it. */
export async function addSteps(
  tx: Prisma.TransactionClient,
  input: { migrationId: string; newId: () => string; ordinal: number; steps: PlannedStep[] },
): Promise<StepRow[]> {
  let ordinal = input.ordinal;
  const added: StepRow[] = [];
  for (const planned of input.steps) {
    ordinal += 1;
    const row = await tx.migrationStep.create({
      data: {
        id: input.newId(),
        migrationId: input.migrationId,
        key: stepKeyOf(planned, ordinal),
        kind: planned.kind,
        nature: ofKind(planned.kind).nature,
        status: "queued",
        ordinal,
        fileId: planned.fileId,
        input: planned.input,
        dueAt: planned.dueAtMs === null ? null : new Date(planned.dueAtMs),
      },
    });
    added.push(readStep(row));
  }
  return added;
}

/** What the instance is known by, where a round is timed by it: the newest fulls that it restored for others. */
async function paceOf(
  tx: Prisma.TransactionClient,
  row: MigrationRows,
  snapshot: MigrationSnapshot,
  sandboxTimeFactor = 1,
): Promise<InstancePace> {
  const timeFactor = row.sandbox ? sandboxTimeFactor : 1;
  if (!asksForPace(snapshot)) return { timeFactor, earlierRestores: [] };
  const others = await tx.migration.findMany({
    where: { instanceId: row.instanceId, id: { not: row.id }, rdsTaskId: { not: null } },
    select: { id: true },
    orderBy: { startedAt: "desc" },
    take: EARLIER_MIGRATIONS,
  });
  const rows = await readSlim(
    tx,
    others.map(({ id }) => id),
  );
  const rounds = rows.flatMap((other) => {
    try {
      return measuredRounds(snapshotOf(slimMigration(other)));
    } catch (error) {
      // What another version wrote tells nothing here.
      if (unreadableIn(error)) return [];
      throw error;
    }
  });
  const earlierRestores = rounds.filter(({ type }) => type === "full");
  return { timeFactor, earlierRestores: earlierRestores.sort((a, b) => a.startedAtMs - b.startedAtMs) };
}

/** What of a use case's context planning goes by. */
interface Advancing {
  now: () => Date;
  newId: () => string;
  system: { sandbox: { timeFactor: number } | null };
}

/** Plans what follows and writes the derived status, in the caller's transaction. Returns the new steps. */
export async function advanceMigration(
  { now: clock, newId, system }: Advancing,
  tx: Prisma.TransactionClient,
  migrationId: string,
): Promise<StepRow[]> {
  await lockMigration(tx, migrationId);
  const row = await loadMigration(tx, migrationId);
  if (!row) return [];
  const now = clock();
  const nowMs = now.getTime();
  let snapshot = snapshotOf(row);
  const pace = await paceOf(tx, row, snapshot, system.sandbox?.timeFactor);
  for (const { stepId, dueAtMs } of hastenRounds(snapshot, nowMs, pace)) {
    const dueAt = dueAtMs === null ? null : new Date(dueAtMs);
    await tx.migrationStep.updateMany({ where: { id: stepId, status: "queued" }, data: { dueAt } });
    row.steps = row.steps.map((step) => (step.id === stepId ? { ...step, dueAt } : step));
    snapshot = snapshotOf(row);
  }
  const added: StepRow[] = [];
  // What is planned may let more begin: while RDS restores a file the next one is taken.
  for (;;) {
    const steps = planNext(snapshot, nowMs, pace);
    if (steps.length === 0) break;
    const ordinal = lastStep(snapshot.steps)?.ordinal ?? 0;
    added.push(...(await addSteps(tx, { migrationId: row.id, newId, ordinal, steps })));
    snapshot = snapshotOf({ ...row, steps: [...row.steps, ...added] });
  }
  const { status, phase } = standingOf(snapshot, nowMs);
  const advanced = { ...row, status, phase, steps: [...row.steps, ...added] };
  await tx.migration.update({
    where: { id: row.id },
    data: {
      status,
      phase,
      finishedAt: phase === "online" ? (row.finishedAt ?? now) : row.finishedAt,
      version: { increment: 1 },
      // For the list of all; the row is locked, so that this is its next version.
      summary: summarise(advanced, nowMs),
      summaryOf: row.version + 1,
    },
  });
  return added;
}
