import type { Tx } from "@/lib/context/context";
import { untickedAgain } from "@/lib/migration/checklist";
import type { TakenBack } from "@/lib/migration/cutover-request";
import { parseStepData } from "@/lib/migration/step-definition";
import { giveUpUnknownCalls } from "@/lib/once/settle-call";
import { appendEvents } from "@/lib/store/append-events";
import { forgetFinalFiles } from "@/lib/store/forget-final-files";
import { Prisma } from "@/lib/store/generated/client";
import { type MigrationRow, readMigration, readStep } from "@/lib/store/typed-rows";
import { NO_PART } from "@/lib/wave/wave-rules";
import { callHook } from "../call-hook/definition";

const ENDED = ["succeeded", "refused", "skipped", "cancelled"];

/**
 * After the source was given back, or when there was nothing to give back: the migration stands between rounds again, or is
 * cancelled, as was asked for. What is asked for is read here and not at the claim: a cancellation may have come since.
 */
export async function concludeRelease(tx: Tx, input: { migrationId: string; now: Date }): Promise<void> {
  const { migrationId, now } = input;
  const row = readMigration(await tx.migration.findUniqueOrThrow({ where: { id: migrationId } }));
  if (row.release === null) return;
  const actor = row.release.by;
  if (row.release.why === "cancel") {
    await endMigration(tx, { migrationId, rdsTaskId: row.rdsTaskId, actor, now });
    return;
  }
  const takenBack = await takenBackBy(tx, row, now);
  // Its wave would cut it over again as soon as it is ready: whoever went back is asked first.
  const wentBack = row.waveId !== null && row.cutover !== null && takenBack === null;
  const note = { at: now.toISOString(), asked: "cutover" as const, reason: "wave_went_back", params: {} };
  await forgetCutover(tx, migrationId, now);
  await tx.migration.update({
    where: { id: migrationId },
    data: {
      cutover: Prisma.DbNull,
      writesStoppedAt: null,
      custody: Prisma.DbNull,
      release: Prisma.DbNull,
      ...(takenBack ? { takenBack } : {}),
      ...(wentBack ? { wavePart: { ...(row.wavePart ?? NO_PART), note } } : {}),
      ...(row.checklist ? { checklist: untickedAgain(row.checklist) } : {}),
    },
  });
  await appendEvents(tx, { migrationId, actor, at: now, events: [{ type: "went_back", payload: {} }] });
}

/** What took the cutover back by itself; null: a person did. */
async function takenBackBy(tx: Tx, row: MigrationRow, now: Date): Promise<TakenBack | null> {
  const releasedAt = now.toISOString();
  if (row.release?.why === "deadline" && row.cutover?.deadline)
    return { by: "deadline", ...row.cutover.deadline, releasedAt };
  if (row.release?.why !== "hook" || row.hook === null) return null;
  const refused = await tx.migrationStep.findFirst({
    where: { migrationId: row.id, kind: "call_hook", status: "failed" },
    orderBy: { ordinal: "desc" },
  });
  if (refused === null) return null;
  const { gate } = parseStepData(callHook, { ...refused, result: null }).input;
  const status = Number(readStep(refused).error?.params.status);
  const { host } = row.hook;
  return { by: "hook", gate, host, status: Number.isFinite(status) ? status : null, releasedAt };
}

/**
 * Ends a migration without its target: no step of it is taken any more. What RDS and OSS hold stays there. The source must
 * not be closed by us any more.
 */
export async function endMigration(
  tx: Tx,
  input: { migrationId: string; rdsTaskId: string | null; actor: string; now: Date },
): Promise<void> {
  const { migrationId, rdsTaskId, actor, now } = input;
  await tx.migrationStep.updateMany({
    where: { migrationId, status: { notIn: ENDED } },
    data: { status: "cancelled", finishedAt: now, claimedBy: null },
  });
  await giveUpUnknownCalls(tx, { migrationId, now });
  await tx.migration.update({
    where: { id: migrationId },
    data: { status: "cancelled", finishedAt: now, custody: Prisma.DbNull, release: Prisma.DbNull },
  });
  const events = [{ type: "cancelled" as const, payload: { rdsTaskId } }];
  await appendEvents(tx, { migrationId, actor, at: now, events });
}

/** A cutover that was undone must be done again from its beginning by the next one; its last log goes into no target. */
async function forgetCutover(tx: Tx, migrationId: string, now: Date): Promise<void> {
  await forgetFinalFiles(tx, migrationId);
  const undone = await tx.migrationStep.findMany({
    where: {
      migrationId,
      OR: [
        { kind: "stop_writes" },
        { kind: "open" },
        { kind: "call_hook" },
        {
          kind: { in: ["backup", "find_file"] },
          status: { not: "succeeded" },
          input: { path: ["final"], equals: true },
        },
      ],
    },
    select: { id: true },
  });
  const ids = undone.map(({ id }) => id);
  await tx.migrationStep.updateMany({
    where: { id: { in: ids } },
    data: { status: "cancelled", claimedBy: null },
  });
  // Whether the tail was taken is of no consequence any more: the source goes on either way.
  await tx.onceCall.updateMany({
    where: { stepId: { in: ids }, outcome: "unknown", settledAt: null },
    data: { settledBy: "person", settledAt: now },
  });
}
