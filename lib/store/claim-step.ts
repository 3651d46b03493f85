import type { Prisma } from "./generated/client";
import { readStep, type StepRow } from "./typed-rows";

/** Statuses in which the engine may take a step up. */
const RUNNABLE = [
  "queued",
  "running",
  "retrying",
  "waiting_external",
  "waiting_for_backup",
  // Looked at again when it is due: the person's answer may have come.
  "waiting_for_user",
];
const CLAIM_STALE_MS = 20_000;

type Db = Pick<Prisma.TransactionClient, "migrationStep">;
type TimedDb = Db & Pick<Prisma.TransactionClient, "$queryRaw">;

/** Heartbeats are told by the store's clock: workers on machines whose clocks differ must agree on what is stale. */
async function readStoreClock(db: TimedDb): Promise<Date> {
  const rows = await db.$queryRaw<
    { ms: number }[]
  >`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`;
  return new Date(Math.floor(rows[0]?.ms ?? 0));
}

/** Due by the caller's clock `now`, its claim stale by the store's. A cancelled migration's steps never are. */
function claimable(now: Date, storeNow: Date): Prisma.MigrationStepWhereInput {
  const stale = new Date(storeNow.getTime() - CLAIM_STALE_MS);
  return {
    status: { in: RUNNABLE },
    migration: { status: { not: "cancelled" } },
    AND: [
      { OR: [{ dueAt: null }, { dueAt: { lte: now } }] },
      { OR: [{ claimedBy: null }, { heartbeatAt: null }, { heartbeatAt: { lt: stale } }] },
    ],
  };
}

/** Takes a step for this worker, or null when another has it or it is not due. */
export async function claimStep(
  db: TimedDb,
  input: { stepId: string; claim: string; now: Date },
): Promise<StepRow | null> {
  const storeNow = await readStoreClock(db);
  const taken = await db.migrationStep.updateMany({
    where: { id: input.stepId, ...claimable(input.now, storeNow) },
    data: { claimedBy: input.claim, heartbeatAt: storeNow },
  });
  if (taken.count !== 1) return null;
  const row = await db.migrationStep.findUnique({ where: { id: input.stepId } });
  return row && readStep(row);
}

/** Steps that could be claimed now, oldest due first. */
export async function listDueSteps(
  db: TimedDb,
  now: Date,
  limit: number,
): Promise<{ id: string; kind: string }[]> {
  return db.migrationStep.findMany({
    where: claimable(now, await readStoreClock(db)),
    orderBy: [{ dueAt: { sort: "asc", nulls: "first" } }, { ordinal: "asc" }],
    select: { id: true, kind: true },
    take: limit,
  });
}

/** False when the claim was lost: whoever runs the step must stop. */
export async function heartbeatStep(
  db: TimedDb,
  input: { stepId: string; claim: string; progress?: Prisma.InputJsonObject | null },
): Promise<boolean> {
  const kept = await db.migrationStep.updateMany({
    where: { id: input.stepId, claimedBy: input.claim },
    data: { heartbeatAt: await readStoreClock(db), ...(input.progress ? { progress: input.progress } : {}) },
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
