import { AppError } from "@/lib/diagnosis/app-error";
import { firstStep, plainRound, SCAN } from "@/lib/migration/next-round";
import { lastStep, nextRound } from "@/lib/migration/snapshot";
import type { RoundBackup } from "@/lib/migration/vocabulary/round-backup";
import type { Schedule } from "@/lib/migration/vocabulary/schedule";
import { addSteps } from "@/lib/plan/advance-migration";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import type { ActionContext } from "./action-context";

const UNBEGUN = ["queued", "waiting_for_backup"];
/** A look of this moment too: what it finds is not settled any more, and the next look finds it again. */
const LOOKING = [...UNBEGUN, "running", "retrying", "waiting_external", "waiting_for_user"];

/** One more round by hand, or one look at the files that are there. Replaces a round that only waits for its time. */
export async function takeRound({ ctx, tx, row }: ActionContext, what: RoundBackup | "scan"): Promise<void> {
  const snapshot = snapshotOf(row);
  if (what === "scan" && snapshot.backupBy === "others") {
    await tx.migrationStep.updateMany({
      where: { migrationId: row.id, kind: "find_file", status: "waiting_for_backup" },
      data: { dueAt: null },
    });
    return;
  }
  await dropUnbegun({ ctx, tx, row });
  const round = nextRound(snapshot.steps);
  const ordinal = lastStep(snapshot.steps)?.ordinal ?? 0;
  const step = firstStep(round, what === "scan" ? SCAN : plainRound(snapshot, what));
  await addSteps(tx, { migrationId: row.id, newId: ctx.newId, ordinal, steps: [step] });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: what === "scan" ? [] : [{ type: "round_requested", payload: { backup: what } }],
  });
}

/** Takes planned steps back that nothing has begun yet, and looks that would go on waiting for files of others. */
export async function dropUnbegun({ tx, row }: ActionContext): Promise<void> {
  if (row.backupBy === "others") {
    await tx.migrationStep.updateMany({
      where: { migrationId: row.id, kind: "find_file", status: { in: LOOKING } },
      data: { status: "cancelled" },
    });
    return;
  }
  await tx.migrationStep.updateMany({
    where: {
      migrationId: row.id,
      kind: { in: ["backup", "find_file"] },
      status: { in: UNBEGUN },
      // A look that is under way this moment is taken back too: what it finds is not settled any more.
      OR: [{ kind: "find_file" }, { startedAt: null, claimedBy: null }],
    },
    data: { status: "cancelled" },
  });
}

export async function setSchedule(on: ActionContext, schedule: Schedule): Promise<void> {
  const { ctx, tx, row } = on;
  await dropUnbegun(on);
  await tx.migration.update({ where: { id: row.id }, data: { schedule } });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "schedule_changed", payload: { mode: schedule.mode } }],
  });
}

/** Leaves a refused or failed file out, or one that cannot be read here. The chain decides whether the rest holds without it. */
export async function skipFile({ ctx, tx, row }: ActionContext, fileId: string): Promise<void> {
  const file = row.files.find((candidate) => candidate.id === fileId);
  if (!file) throw new AppError("not_found", "file_not_found");
  if (file.state !== "refused" && file.state !== "failed" && file.unread === null)
    throw new AppError("conflict", "file_not_skippable", { file: file.name });
  await tx.backupFile.update({ where: { id: fileId }, data: { state: "skipped", unread: Prisma.DbNull } });
  // RDS gave up on the task of a first file: the next import must make a new one.
  const first = !row.files.some((one) => one.state === "imported" || one.state === "importing");
  if (first && file.state === "failed")
    await tx.migration.update({ where: { id: row.id }, data: { rdsTaskId: null } });
  await tx.migrationStep.updateMany({
    where: { migrationId: row.id, fileId, status: { in: ["failed", "refused"] } },
    data: { status: "skipped" },
  });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "file_skipped", payload: { file: file.name, reason: "by_person" } }],
  });
}
