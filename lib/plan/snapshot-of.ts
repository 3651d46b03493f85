import { untickedCount } from "@/lib/migration/checklist";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import type { FileSnapshot, MigrationSnapshot, StepAim, StepSnapshot } from "@/lib/migration/snapshot";
import { peekStepData } from "@/lib/migration/step-definition";
import { roundOfKey } from "@/lib/migration/step-key";
import type { Status } from "@/lib/migration/vocabulary/status";
import type { RuledFile, RuledMigration, RuledStep } from "@/lib/store/migration-rows";
import { isBridgeDue, newestRecovery } from "./bridge-due";
import { ofKind } from "./step-definitions";

function stepSnapshot(row: RuledStep): StepSnapshot {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    status: row.status,
    ordinal: row.ordinal,
    round: roundOfKey(row.key),
    fileId: row.fileId,
    aim: aimOf(row),
    gate: gateOf(row),
    startedAtMs: row.startedAt?.getTime() ?? null,
    finishedAtMs: row.finishedAt?.getTime() ?? null,
    dueAtMs: row.dueAt?.getTime() ?? null,
    held: heldBy(row),
  };
}

const HELD: ReadonlySet<Status> = new Set(["waiting_external", "waiting_for_user"]);

function heldBy(row: RuledStep): StepSnapshot["held"] {
  const { status, error } = row;
  if (status === "succeeded") {
    const definition = ofKind(row.kind);
    const result = definition.objection ? peekStepData(definition, row).result : null;
    return result === null ? null : (definition.objection?.(result) ?? null);
  }
  if (!HELD.has(status) || error === null) return null;
  const words = error.providerMessage || error.providerCode;
  return { reason: error.reason, params: { ...error.params, ...(words ? { words } : {}) } };
}

function aimOf(row: RuledStep): StepAim | null {
  const definition = ofKind(row.kind);
  if (!definition.aim) return null;
  const { input } = peekStepData(definition, row);
  return input === null ? null : definition.aim(input);
}

function fileSnapshot(row: RuledFile): FileSnapshot {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    type: row.type,
    final: row.final,
    tail: row.tail,
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    needsUpload: row.localPath !== null && row.uploadedAt === null,
  };
}

function gateOf(row: RuledStep): StepSnapshot["gate"] {
  const definition = ofKind(row.kind);
  if (!definition.gate) return null;
  const { input } = peekStepData(definition, row);
  return input === null ? null : definition.gate(input);
}

function checklistOf({ checklist }: RuledMigration): MigrationSnapshot["checklist"] {
  if (!checklist?.items.some(({ when }) => when === "before")) return null;
  return { open: untickedCount(checklist, "before"), strict: checklist.strict };
}

/** The rows as the pure rules of planning want them. */
export function snapshotOf(row: RuledMigration): MigrationSnapshot {
  const steps = row.steps.map(stepSnapshot);
  const files = row.files.map(fileSnapshot);
  return {
    id: row.id,
    status: row.status,
    phase: row.phase,
    method: row.method ?? row.draft.method,
    transport: row.transport ?? row.draft.transport,
    backupBy: row.backupBy ?? row.draft.backupBy,
    // Without a schedule nothing begins by itself; one that can't be read is not taken for none.
    schedule: row.schedule ?? { mode: "manual" },
    lastLogLimitBytes: row.limits?.lastLogBytes ?? LAST_LOG_LIMIT_BYTES,
    rehearsal: row.rehearsal,
    rehearsed: row.plan?.base.rehearsed ? { openSeconds: row.plan.base.rehearsed.openSeconds } : null,
    cutover: row.cutover,
    armed: row.armed !== null,
    checklist: checklistOf(row),
    heldBecause: row.armed?.look?.reason ?? null,
    hook: row.hook && { moments: row.hook.moments },
    custody: row.custody,
    release: row.release,
    firstObjectKey: row.draft.firstObjectKey,
    steps,
    files,
    bridgeDue: isBridgeDue(newestRecovery(row.steps), { steps, files }),
    alarms: row.alarms.map((alarm) => alarm.kind),
    wave: {
      restoreHeld: row.wavePart?.restoreHeld ?? false,
      roundsHeld: row.wavePart?.roundsHeld ?? false,
    },
    unclearTimelines: row.timelines?.confirmed === null ? row.timelines.found.length : 0,
  };
}
