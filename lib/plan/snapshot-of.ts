import { z } from "zod";
import { CutoverRequest } from "@/lib/migration/cutover-request";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import type { FileSnapshot, MigrationSnapshot, StepAim, StepSnapshot } from "@/lib/migration/snapshot";
import { peekStepData } from "@/lib/migration/step-definition";
import { roundOfKey } from "@/lib/migration/step-key";
import type { DriftKind } from "@/lib/migration/vocabulary/drift-kind";
import { Schedule } from "@/lib/migration/vocabulary/schedule";
import type { Status } from "@/lib/migration/vocabulary/status";
import type { MigrationStep } from "@/lib/store/generated/client";
import { type MigrationRows, type SlimFile, stepKindOf } from "@/lib/store/migration-rows";
import { ofKind } from "./step-definitions";

function stepSnapshot(row: MigrationStep): StepSnapshot {
  const kind = stepKindOf(row);
  return {
    id: row.id,
    key: row.key,
    kind,
    status: row.status as Status,
    ordinal: row.ordinal,
    round: roundOfKey(row.key),
    fileId: row.fileId,
    aim: aimOf(kind, row),
    startedAtMs: row.startedAt?.getTime() ?? null,
    finishedAtMs: row.finishedAt?.getTime() ?? null,
    dueAtMs: row.dueAt?.getTime() ?? null,
  };
}

function aimOf(kind: StepKind, row: MigrationStep): StepAim | null {
  const definition = ofKind(kind);
  if (!definition.aim) return null;
  const { input } = peekStepData(definition, row);
  return input === null ? null : definition.aim(input);
}

function fileSnapshot(row: SlimFile): FileSnapshot {
  return {
    id: row.id,
    name: row.name,
    state: row.state as FileSnapshot["state"],
    type: row.type as FileSnapshot["type"],
    final: row.final,
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    needsUpload: row.localPath !== null && row.uploadedAt === null,
  };
}

/** Of the wizard's state: the object that a person chose as the full backup. */
const Chosen = z.object({ firstObjectKey: z.string().nullable() });

/** The rows as the pure rules of planning want them. */
export function snapshotOf(row: MigrationRows<SlimFile>): MigrationSnapshot {
  return {
    id: row.id,
    status: row.status as MigrationSnapshot["status"],
    phase: row.phase as MigrationSnapshot["phase"],
    method: (row.method ?? "access_pending") as MigrationSnapshot["method"],
    transport: (row.transport ?? "shared_folder") as MigrationSnapshot["transport"],
    backupBy: (row.backupBy ?? "app") as MigrationSnapshot["backupBy"],
    // By a schedule that can't be read nothing begins by itself; a cutover that can't be read must not be taken for none.
    schedule: Schedule.safeParse(row.schedule).data ?? { mode: "manual" },
    cutover: row.cutover === null ? null : CutoverRequest.parse(row.cutover),
    firstObjectKey: Chosen.safeParse(row.draft).data?.firstObjectKey ?? null,
    steps: row.steps.map(stepSnapshot),
    files: row.files.map(fileSnapshot),
    alarms: row.alarms.map((alarm) => alarm.kind as DriftKind),
  };
}
