import { z } from "zod";
import { Failure } from "@/lib/contracts/connection";
import { KeptPlan } from "@/lib/contracts/kept-plan";
import { DriftAlarmView, FileVerdictView, MigrationDraft, UploadControl } from "@/lib/contracts/migration";
import { KeptLimits } from "@/lib/contracts/product-settings";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { Aftercare } from "@/lib/migration/aftercare";
import { ArmedCutover } from "@/lib/migration/armed-cutover";
import { DriftBaseline } from "@/lib/migration/assess-drift";
import { Checklist } from "@/lib/migration/checklist";
import { KeptHook } from "@/lib/migration/cutover-hook";
import { CutoverRequest, TakenBack } from "@/lib/migration/cutover-request";
import { FileWitness, UnreadFile } from "@/lib/migration/file-witness";
import { STEP_KINDS } from "@/lib/migration/generated/step-kinds";
import { KnownTimelines } from "@/lib/migration/known-timelines";
import { ReleaseRequest, SourceCustody } from "@/lib/migration/source-custody";
import { BACKUP_BY } from "@/lib/migration/vocabulary/backup-by";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";
import { DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { FileOriginal } from "@/lib/migration/vocabulary/file-original";
import { FILE_STATES } from "@/lib/migration/vocabulary/file-state";
import { FILE_TYPES } from "@/lib/migration/vocabulary/file-type";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { PHASES } from "@/lib/migration/vocabulary/phase";
import { Schedule } from "@/lib/migration/vocabulary/schedule";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { STEP_NATURES } from "@/lib/migration/vocabulary/step-nature";
import { TRANSPORTS } from "@/lib/migration/vocabulary/transport";
import { WavePart } from "@/lib/wave/wave-rules";
import type { BackupFile, DriftAlarm, Migration, MigrationStep } from "./generated/client";
import { columnsOf } from "./read-column";

/**
 * Rows as the product works with them: words are of their vocabulary, JSON is what its schema says. Every row passes here
 * once, where it is read. All throw AppError `internal`/`stored_value_unreadable`, which names row and column, for what a rule
 * reads; what is only shown (gauges, evidence, reasons) is left out or said to be unreadable.
 */
export type MigrationRow = ReturnType<typeof readMigration>;
export type StepRow = ReturnType<typeof readStep>;
export type FileRow = ReturnType<typeof readFile>;
export type AlarmRow = ReturnType<typeof readAlarm>;

/** A file without what is large: a list of thousands is read without it. */
export type SlimFileRow = ReturnType<typeof readSlimFile>;

const some = z.number().nullable().default(null);
/** Any of its numbers may be missing. */
export const Gauge = z.object({ doneBytes: some, totalBytes: some, percent: some, bytesPerSecond: some });

// Made once: every look at a migration reads its columns.
const someSchedule = Schedule.nullable();
const someCutover = CutoverRequest.nullable();
const someArmed = ArmedCutover.nullable();
const someChecklist = Checklist.nullable();
const someAftercare = Aftercare.nullable();
const someHook = KeptHook.nullable();
const someCustody = SourceCustody.nullable();
const someRelease = ReleaseRequest.nullable();
const someTakenBack = TakenBack.nullable();
const someControl = UploadControl.nullable();
const someLimits = KeptLimits.nullable();
const someBaseline = DriftBaseline.nullable();
const someTimelines = KnownTimelines.nullable();
const somePlan = KeptPlan.nullable();
const someWavePart = WavePart.nullable();
const someGauge = Gauge.nullable();
const someFailure = Failure.nullable();
const someVerdict = FileVerdictView.nullable();
const someOriginal = FileOriginal.nullable();
const someWitness = FileWitness.nullable();
const someUnread = UnreadFile.nullable();

export function readMigration(row: Migration) {
  const { word, json, shown } = columnsOf("Migration", row);
  return {
    ...row,
    status: word("status", STATUSES),
    phase: word("phase", PHASES),
    draft: json("draft", MigrationDraft),
    method: word("method", MIGRATION_METHODS),
    transport: word("transport", TRANSPORTS),
    backupBy: word("backupBy", BACKUP_BY),
    checkMode: word("checkMode", CHECK_MODES),
    schedule: json("schedule", someSchedule),
    cutover: json("cutover", someCutover),
    armed: json("armed", someArmed),
    checklist: json("checklist", someChecklist),
    aftercare: json("aftercare", someAftercare),
    hook: json("hook", someHook),
    custody: json("custody", someCustody),
    release: json("release", someRelease),
    takenBack: json("takenBack", someTakenBack),
    uploadControl: json("uploadControl", someControl),
    limits: json("limits", someLimits),
    driftBaseline: json("driftBaseline", someBaseline),
    timelines: json("timelines", someTimelines),
    plan: shown("plan", somePlan, null),
    wavePart: json("wavePart", someWavePart),
  };
}

/** Why a step ended, where the version that wrote it said so in a way that this one can't read. */
export function unreadableFailure(id: string): Failure {
  return ruleFailure("stored_value_unreadable", { table: "MigrationStep", id, column: "error" });
}

/** The JSON columns of a step are its kind's: `parseStepData` reads them. */
export function readStep(row: MigrationStep) {
  const { word, shown } = columnsOf("MigrationStep", row);
  return {
    ...row,
    kind: word("kind", STEP_KINDS),
    nature: word("nature", STEP_NATURES),
    status: word("status", STATUSES),
    progress: shown("progress", someGauge, null),
    error: shown("error", someFailure, unreadableFailure(row.id)),
  };
}

export function readSlimFile(row: Omit<BackupFile, "header" | "receipt">) {
  const { word, json, shown } = columnsOf("BackupFile", row);
  return {
    ...row,
    state: word("state", FILE_STATES),
    type: word("type", FILE_TYPES),
    verdict: shown("verdict", someVerdict, null),
    original: json("original", someOriginal),
    witness: shown("witness", someWitness, null),
    unread: json("unread", someUnread),
  };
}

export function readFile(row: BackupFile) {
  return { ...readSlimFile(row), header: row.header, receipt: row.receipt };
}

export function readAlarm(row: DriftAlarm) {
  const { word, shown } = columnsOf("DriftAlarm", row);
  return {
    ...row,
    kind: word("kind", DRIFT_KINDS),
    evidence: shown("evidence", DriftAlarmView.shape.evidence, {}),
  };
}
