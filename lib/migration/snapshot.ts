import type { BackupKind } from "@/lib/backup/backup-kind";
import type { CutoverRequest } from "./cutover-request";
import type { StepKind } from "./generated/step-kinds";
import type { ReleaseRequest, SourceCustody } from "./source-custody";
import type { BackupBy } from "./vocabulary/backup-by";
import type { DriftKind } from "./vocabulary/drift-kind";
import type { FileState } from "./vocabulary/file-state";
import type { FileType } from "./vocabulary/file-type";
import type { HookGate, HookMoment } from "./vocabulary/hook-moment";
import type { MigrationMethod } from "./vocabulary/method";
import type { Phase } from "./vocabulary/phase";
import type { Schedule } from "./vocabulary/schedule";
import type { Status } from "./vocabulary/status";
import type { Transport } from "./vocabulary/transport";

/** What a step was planned to bring about, before its file exists. */
export interface StepAim {
  /** Null: whatever is found. */
  backup: BackupKind | null;
  /** The last file, after which the database is opened. */
  final: boolean;
}

/** What a person must know of a step, as in `error.<reason>`. */
export interface StepHeld {
  reason: string;
  params: Record<string, string | number>;
}

/** The parts of rows that the rules read. LSNs are digit strings, instants milliseconds since 1970. */
export interface StepSnapshot {
  id: string;
  key: string;
  kind: StepKind;
  status: Status;
  ordinal: number;
  round: number | null;
  fileId: string | null;
  /** What the first step of a round was planned to bring; null of other kinds. */
  aim: StepAim | null;
  /** Of a call of the cutover's hook: what it is to let begin. */
  gate: HookGate | null;
  finishedAtMs: number | null;
  /** Not before this instant; null: at once. */
  dueAtMs: number | null;
  startedAtMs: number | null;
  /** Why it waits, where somebody outside said what only a person can answer; of one that is done, what it found. */
  held: StepHeld | null;
}

export interface FileSnapshot {
  id: string;
  name: string;
  state: FileState;
  type: FileType | null;
  final: boolean;
  /** Taken WITH NORECOVERY. */
  tail: boolean;
  sizeBytes: number | null;
  needsUpload: boolean;
}

export interface MigrationSnapshot {
  id: string;
  status: Status;
  phase: Phase;
  method: MigrationMethod;
  transport: Transport;
  backupBy: BackupBy;
  schedule: Schedule;
  /** Above it the last log before a cutover is too large. */
  lastLogLimitBytes: number;
  /** Its database is thrown away: the source stays open, and its backups count in nobody's chain. */
  rehearsal: boolean;
  /** What an earlier rehearsal on that instance showed, in seconds; null: there was none. */
  rehearsed: { openSeconds: number } | null;
  cutover: Omit<CutoverRequest, "forecastSeconds" | "forecastP90Seconds" | "gates"> | null;
  /** A cutover is asked for and held: rounds go on. */
  armed: boolean;
  /** When the cutover's hook is called; null: there is none. */
  hook: { moments: readonly HookMoment[] } | null;
  /** Of lines that are to be ticked before a cutover: how many are not, and whether they forbid it; null: there are none. */
  checklist: { open: number; strict: boolean } | null;
  /** Why an armed cutover has not begun although it was to, as in `error.<reason>`; null: it was not to. */
  heldBecause: string | null;
  /** The source is closed by us, or may be. */
  custody: Pick<SourceCustody, "how"> | null;
  /** The source is to be given back: nothing of the cutover is begun any more. */
  release: Pick<ReleaseRequest, "why"> | null;
  /** The object that a person chose as the full backup; null: the first full that is taken or found. */
  firstObjectKey: string | null;
  steps: StepSnapshot[];
  files: FileSnapshot[];
  /** What somebody else did to the source and nobody has answered yet. */
  alarms: DriftKind[];
  /** Only a differential reaches from what the target holds to the source's next log. */
  bridgeDue: boolean;
  /** What its wave holds: the import of its first backup, or rounds that begin by themselves. */
  wave: { restoreHeld: boolean; roundsHeld: boolean };
  /** How many timelines the files are of, while nobody has said which is meant; else 0. */
  unclearTimelines: number;
}

/** A step to add. `dueAtMs` null: at once. */
export interface PlannedStep {
  kind: StepKind;
  round: number | null;
  fileId: string | null;
  dueAtMs: number | null;
  input: Record<string, string | number | boolean | null>;
}

const ENDED: ReadonlySet<Status> = new Set(["succeeded", "refused", "skipped", "cancelled"]);

/** Still to be done, or standing in the way until a person decides. */
export function isOpenStep(step: Pick<StepSnapshot, "status">): boolean {
  return !ENDED.has(step.status);
}

export function lastStep(steps: StepSnapshot[]): StepSnapshot | null {
  return steps.reduce<StepSnapshot | null>(
    (last, step) => (last && last.ordinal > step.ordinal ? last : step),
    null,
  );
}

/** The number of the next round: 0 is the full backup. */
export function nextRound(steps: StepSnapshot[]): number {
  return steps.reduce((max, step) => Math.max(max, step.round ?? -1), -1) + 1;
}

export function isFullImported(files: FileSnapshot[]): boolean {
  return files.some((file) => file.type === "full" && file.state === "imported");
}
