import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import type { ProblemKind } from "./problem-kind";

/** One backup set in a pile of files; `name` is how people know it (object key, file name). */
export interface ChainFile {
  name: string;
  /** False while it is still being written or uploaded. */
  complete: boolean;
  set: BackupSet;
}

/** What the target has already restored. */
export interface ChainTarget {
  lsn: Lsn;
  differentialBaseLsn?: Lsn | null;
  differentialBaseGuid?: string | null;
  lastRecoveryForkGuid?: string | null;
}

export interface ChainProblem {
  kind: ProblemKind;
  file?: string;
  fromLsn?: Lsn;
  toLsn?: Lsn;
  /** English, as a DBA would say it. The UI uses `kind` and the fields for its own texts. */
  message: string;
}

/** What the next file must be. */
export interface ChainNeed {
  /** `full` when nothing usable is there yet. */
  kind: "full" | "log_or_differential";
  /** The next log must begin at or before this LSN and end after it. */
  atLsn: Lsn | null;
  /** A differential must have this full backup as its base. */
  differentialBaseGuid: string | null;
  differentialBaseLsn: Lsn | null;
}

export interface ChainVerdict {
  /** Everything given is in its place and nothing is missing; `too-early`, `duplicate` and `not-needed` do not spoil it. */
  ok: boolean;
  /** Names in restore order; `name#position` of a file with several sets; stripes joined with `+`. */
  order: string[];
  /** Where the restore ends: last LSN of the last set of `order`, or what the target had. */
  reachedLsn: Lsn | null;
  problems: ChainProblem[];
  need: ChainNeed;
}
