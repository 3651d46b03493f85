import type { BackupKind } from "@/lib/backup/backup-kind";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";

/** A file that went all the way into the target. Seconds are null where nobody measured them. */
export interface MeasuredRound {
  type: BackupKind;
  bytes: number;
  /** When its backup began. */
  startedAtMs: number;
  backupSeconds: number | null;
  uploadSeconds: number | null;
  /** From the call to the restored file: copy and redo, and what RDS spends around them. */
  importSeconds: number | null;
}

/** The same migration under a throw-away name, or an earlier one to that instance: what it took there. */
export interface Rehearsal {
  openSeconds: number;
  /** Absent: writes were not stopped there. */
  stopWritesSeconds?: number | undefined;
}

/** What a forecast is made from. */
export interface ForecastInput {
  nowMs: number;
  checkMode: CheckMode;
  /** Above this the last log is not small. */
  limitBytes: number;
  /** In the order in which they were taken: a full, then differentials and logs. */
  rounds: readonly MeasuredRound[];
  /** Of all rounds, where `rounds` has the newest only. */
  counted?: { files: number; logs: number };
  /** Age of the newest data that the target holds; null when unknown. */
  gapSeconds: number | null;
  /** Log not yet backed up, where the server was asked for it. */
  gapBytes: number | null;
  rehearsal: Rehearsal | null;
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor?: number;
}

/** The value that is as likely passed as not, and the one that is passed once in ten times. */
export interface Range {
  p50: number;
  p90: number;
}

/** Both values of a range, said in another way. */
export function mapRange<T>({ p50, p90 }: Range, say: (value: number) => T): { p50: T; p90: T } {
  return { p50: say(p50), p90: say(p90) };
}
