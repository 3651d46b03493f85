import { lastStep, type PlannedStep } from "@/lib/migration/snapshot";
import { stepKeyOf } from "@/lib/migration/step-key";
import type { Prisma } from "@/lib/store/generated/client";
import { loadMigration, lockMigration } from "@/lib/store/migration-rows";
import { readStep, type StepRow } from "@/lib/store/typed-rows";
import { planNext } from "./plan-next";
import { snapshotOf } from "./snapshot-of";
import { standingOf } from "./standing";
import { ofKind } from "./step-definitions";

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

/** Plans what follows and writes the derived status, in the caller's transaction. Returns the new steps. */
export async function advanceMigration(
  tx: Prisma.TransactionClient,
  input: { migrationId: string; now: Date; newId: () => string },
): Promise<StepRow[]> {
  await lockMigration(tx, input.migrationId);
  const row = await loadMigration(tx, input.migrationId);
  if (!row) return [];
  const nowMs = input.now.getTime();
  let snapshot = snapshotOf(row);
  const added: StepRow[] = [];
  // What is planned may let more begin: while RDS restores a file the next one is taken.
  for (;;) {
    const steps = planNext(snapshot, nowMs);
    if (steps.length === 0) break;
    const ordinal = lastStep(snapshot.steps)?.ordinal ?? 0;
    added.push(...(await addSteps(tx, { migrationId: row.id, newId: input.newId, ordinal, steps })));
    snapshot = snapshotOf({ ...row, steps: [...row.steps, ...added] });
  }
  const standing = standingOf(snapshot, nowMs);
  await tx.migration.update({
    where: { id: row.id },
    data: {
      status: standing.status,
      phase: standing.phase,
      finishedAt: standing.phase === "online" ? (row.finishedAt ?? input.now) : row.finishedAt,
      version: { increment: 1 },
    },
  });
  return added;
}
