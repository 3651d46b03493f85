import { AppError } from "@/lib/diagnosis/app-error";
import { isOfCutover, settlesFirst } from "@/lib/migration/release-rules";
import { isOpenStep, type StepSnapshot } from "@/lib/migration/snapshot";
import type { ReleaseWhy } from "@/lib/migration/vocabulary/custody";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { endMigration } from "@/lib/steps/release-source/conclude-release";
import { appendEvents } from "@/lib/store/append-events";
import type { ActionContext } from "./action-context";

/**
 * Undoes a cutover that RDS has not taken up: the request is written down, and everything that plans, claims or commits reads
 * it. What nobody is at ends here; a backup or an import that is under way comes to its end, and then the source is given
 * back (lib/steps/release-source). Throws `conflict`/`open_outcome_unknown` while nobody can tell whether RDS opens the
 * database.
 */
export async function goBack(on: ActionContext, why: "go_back" | "deadline" = "go_back"): Promise<void> {
  const { tx, row } = on;
  const opening = await tx.onceCall.count({ where: { migrationId: row.id, kind: "open", settledAt: null } });
  if (opening > 0) {
    throw new AppError("conflict", "open_outcome_unknown", { database: row.targetDatabase ?? "" });
  }
  const { steps, files } = snapshotOf(row);
  const isTailAtRds = await handedTails(on);
  const ended = steps.filter((step) => {
    const file = files.find(({ id }) => id === step.fileId) ?? null;
    return isOpenStep(step) && !isTailAtRds.has(step.fileId ?? "") && isOfCutover(step, file);
  });
  await requestRelease(on, why, ended);
}

/**
 * Stops working on the migration. What RDS and OSS hold stays there (a waiting import task cannot be terminated: open
 * the database and drop it, or leave it); a running step ends at its next settling. A source that we closed is given back
 * first: until the server says so, the migration is not cancelled.
 */
export async function cancelMigration(on: ActionContext): Promise<void> {
  const { ctx, tx, row } = on;
  const now = ctx.now();
  // Parts that a browser has sent stay in the bucket until it is cleaned up; no further one is signed.
  await tx.browserUpload.updateMany({
    where: { migrationId: row.id, state: "sending" },
    data: { state: "cancelled", finishedAt: now },
  });
  if (row.custody === null) {
    await endMigration(tx, {
      migrationId: row.id,
      rdsTaskId: row.rdsTaskId,
      actor: ctx.actor.name,
      now,
    });
    return;
  }
  const { steps } = snapshotOf(row);
  const ended = steps.filter((step) => isOpenStep(step) && step.kind !== "release_source");
  await requestRelease(on, "cancel", ended);
}

async function requestRelease(
  { ctx, tx, row }: ActionContext,
  why: ReleaseWhy,
  ended: readonly StepSnapshot[],
): Promise<void> {
  const now = ctx.now();
  const atWork = await stepsAtWork({ ctx, tx, row }, ended);
  const idle = ended.filter(({ id }) => !atWork.has(id));
  await tx.migrationStep.updateMany({
    where: { id: { in: idle.map(({ id }) => id) } },
    data: { status: "cancelled", finishedAt: now, claimedBy: null },
  });
  // Whoever looks what came of a call does not wait for its hour.
  await tx.migrationStep.updateMany({ where: { id: { in: [...atWork] } }, data: { dueAt: null } });
  await tx.migration.update({
    where: { id: row.id },
    data: { release: { why, by: ctx.actor.name, at: now.toISOString() } },
  });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: now,
    events: [{ type: "release_requested", payload: { why } }],
  });
}

/** Of these: what has begun an effect on the source or at RDS, or is about to. */
async function stepsAtWork(
  { tx, row }: ActionContext,
  steps: readonly StepSnapshot[],
): Promise<ReadonlySet<string>> {
  const candidates = steps.filter((step) => settlesFirst(step) && step.status !== "unknown");
  const calls = await tx.onceCall.findMany({
    where: { stepId: { in: candidates.map(({ id }) => id) }, settledAt: null },
    select: { stepId: true },
  });
  const claimed = new Set(row.steps.filter((step) => step.claimedBy !== null).map(({ id }) => id));
  const called = new Set(calls.map(({ stepId }) => stepId));
  return new Set(candidates.map(({ id }) => id).filter((id) => claimed.has(id) || called.has(id)));
}

/**
 * Last logs of which RDS may have been asked to import them: they go on as any file does, so that what the target holds stays
 * known. Their ids.
 */
async function handedTails({ tx, row }: ActionContext): Promise<ReadonlySet<string>> {
  const calls = await tx.onceCall.findMany({
    where: { migrationId: row.id, kind: "import", settledAt: null },
    select: { fileId: true },
  });
  const asked = new Set(calls.map(({ fileId }) => fileId));
  const handed = row.files.filter((file) => file.tail && asked.has(file.id)).map(({ id }) => id);
  await tx.backupFile.updateMany({
    where: { id: { in: handed }, state: "inspected" },
    data: { state: "importing" },
  });
  return new Set(handed);
}
