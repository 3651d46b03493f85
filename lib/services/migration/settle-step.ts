import type { MigrationAction } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { resolveCall } from "@/lib/once/settle-call";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import type { ActionContext } from "./action-context";
import { clearTargetAlarms } from "./clear-target-alarms";

/**
 * Runs a failed step again. A file that RDS failed to restore is submitted anew: a person's decision, never ours, and only
 * once looking has told of every earlier call of that file that it came to nothing (lib/once).
 */
export async function retryStep(on: ActionContext, stepId: string): Promise<void> {
  const { ctx, tx, row } = on;
  const step = row.steps.find((candidate) => candidate.id === stepId);
  if (!step) throw new AppError("not_found", "step_not_found");
  if (step.status !== "failed") throw new AppError("conflict", "step_not_failed");
  // What the way back has ended is not begun again.
  if (row.release !== null && step.kind !== "release_source") {
    throw new AppError("conflict", "action_not_allowed", { action: "retry_step", why: "releasing" });
  }
  const again =
    step.kind === "await_import"
      ? row.steps.find((one) => one.kind === "import" && one.fileId === step.fileId)
      : undefined;
  if (again) {
    await tx.migrationStep.update({ where: { id: step.id }, data: { status: "cancelled" } });
    await tx.migrationStep.update({
      where: { id: again.id },
      data: { status: "cancelled", key: `${again.key}~${again.attempt}.${step.ordinal}` },
    });
    await tx.migrationStep.update({ where: { id: step.id }, data: { key: `${step.key}~${step.ordinal}` } });
    await tx.migrationStep.create({
      data: {
        id: ctx.newId(),
        migrationId: row.id,
        key: again.key,
        kind: "import",
        nature: "once",
        status: "queued",
        ordinal: Math.max(...row.steps.map((one) => one.ordinal)) + 1,
        fileId: step.fileId,
        input: {},
      },
    });
    // RDS gave up on the task of a first file: the next import must make a new one.
    const first = !row.files.some((file) => file.state === "imported");
    if (first) {
      await tx.migration.update({ where: { id: row.id }, data: { rdsTaskId: null } });
      await clearTargetAlarms(on);
    }
    await tx.backupFile.updateMany({ where: { id: step.fileId ?? "" }, data: { state: "inspected" } });
  } else {
    await tx.migrationStep.update({
      where: { id: step.id },
      data: {
        status: "queued",
        dueAt: null,
        finishedAt: null,
        error: Prisma.DbNull,
        result: Prisma.DbNull,
        attempt: 0,
      },
    });
  }
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [
      {
        type: "step_retrying",
        payload: { kind: step.kind, attempt: 0, reason: "by_person", waitSeconds: 0 },
      },
    ],
  });
}

/** A person looked where we could not: the call had its effect, or it had not. */
export async function resolveUnknown(
  { ctx, tx, row }: ActionContext,
  action: Extract<MigrationAction, { type: "resolve_unknown" }>,
): Promise<void> {
  const step = row.steps.find((candidate) => candidate.id === action.stepId);
  if (!step) throw new AppError("not_found", "step_not_found");
  if (step.status !== "unknown") throw new AppError("conflict", "step_not_unknown");
  const now = ctx.now();
  const happened = action.outcome === "happened";
  const reference =
    step.kind === "import"
      ? action.rdsTaskId?.trim() || row.rdsTaskId
      : step.kind === "open"
        ? row.rdsTaskId
        : null;
  if (step.kind === "import" && happened) {
    if (!reference) {
      throw new AppError("validation", "rds_task_id_needed", {}, [
        { path: "rdsTaskId", reason: "field_required" },
      ]);
    }
    await tx.migration.update({ where: { id: row.id }, data: { rdsTaskId: reference } });
    await tx.backupFile.updateMany({ where: { id: step.fileId ?? "" }, data: { state: "importing" } });
  }
  // Of a backup that was taken, msdb still has to tell what is in it.
  const verdict = !happened ? "did_not_happen" : step.kind === "backup" ? "look_again" : "happened";
  await resolveCall(tx, { stepId: step.id, verdict, reference, now });
  const finished = happened && step.kind !== "backup";
  await tx.migrationStep.update({
    where: { id: step.id },
    data: finished
      ? { status: "succeeded", finishedAt: now, error: Prisma.DbNull }
      : { status: "queued", dueAt: null, error: Prisma.DbNull },
  });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: now,
    events: [{ type: "unknown_resolved", payload: { outcome: action.outcome } }],
  });
}
