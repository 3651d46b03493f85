import type { MigrationStep, Prisma } from "./generated/client";

/** Statuses in which the engine may take a step up. */
const RUNNABLE = ["queued", "running", "retrying", "waiting_external", "waiting_for_backup"];
const CLAIM_STALE_MS = 20_000;

type Db = Pick<Prisma.TransactionClient, "migrationStep">;

function claimable(now: Date): Prisma.MigrationStepWhereInput {
  const stale = new Date(now.getTime() - CLAIM_STALE_MS);
  return {
    status: { in: RUNNABLE },
    AND: [
      { OR: [{ dueAt: null }, { dueAt: { lte: now } }] },
      { OR: [{ claimedBy: null }, { heartbeatAt: null }, { heartbeatAt: { lt: stale } }] },
    ],
  };
}

/** Takes a step for this worker, or null when another has it or it is not due. */
export async function claimStep(
  db: Db,
  input: { stepId: string; claim: string; now: Date },
): Promise<MigrationStep | null> {
  const taken = await db.migrationStep.updateMany({
    where: { id: input.stepId, ...claimable(input.now) },
    data: { claimedBy: input.claim, heartbeatAt: input.now },
  });
  if (taken.count !== 1) return null;
  return db.migrationStep.findUnique({ where: { id: input.stepId } });
}

/** Ids of steps that could be claimed now, oldest due first. */
export async function listDueSteps(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.migrationStep.findMany({
    where: claimable(now),
    orderBy: [{ dueAt: { sort: "asc", nulls: "first" } }, { ordinal: "asc" }],
    select: { id: true },
    take: limit,
  });
  return rows.map((row) => row.id);
}

/** False when the claim was lost: whoever runs the step must stop. */
export async function heartbeatStep(
  db: Db,
  input: { stepId: string; claim: string; now: Date; progress?: Prisma.InputJsonObject | null },
): Promise<boolean> {
  const kept = await db.migrationStep.updateMany({
    where: { id: input.stepId, claimedBy: input.claim },
    data: { heartbeatAt: input.now, ...(input.progress ? { progress: input.progress } : {}) },
  });
  return kept.count === 1;
}

/** Frees every claim: only where this process is known to be the store's one user (the embedded store's lock). */
export async function releaseAllClaims(db: Db): Promise<number> {
  const freed = await db.migrationStep.updateMany({
    where: { claimedBy: { not: null } },
    data: { claimedBy: null, heartbeatAt: null },
  });
  return freed.count;
}
