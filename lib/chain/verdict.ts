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
  familyGuid?: string | null;
}

/**
 * What the source itself, or a person, says of which database is meant. The fork is `recovery_fork_guid`, the database
 * GUID `database_guid` of `sys.database_recovery_status` (the binding id of a backup set).
 */
export interface KnownIdentity {
  by: "source" | "person";
  familyGuid?: string | null;
  forkGuid?: string | null;
  databaseGuid?: string | null;
}

/** Backups of one recovery fork of one database: what a person tells timelines apart by. */
export interface Timeline {
  familyGuid: string | null;
  forkGuid: string | null;
  forkPointLsn: Lsn | null;
  names: string[];
  sets: number;
  /** When the newest of its sets finished, source wall clock. */
  newestAt: string | null;
  firstLsn: Lsn | null;
  lastLsn: Lsn;
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
  /**
   * The path reaches the newest point of the living timeline of the asked database for which a file was given. What the
   * path does without does not spoil that; what stands before that point, or cannot be told, does.
   */
  ok: boolean;
  /** Names in restore order; `name#position` of a file with several sets; stripes joined with `+`. */
  order: string[];
  /** Where the restore ends: last LSN of the last set of `order`, or what the target had. */
  reachedLsn: Lsn | null;
  problems: ChainProblem[];
  need: ChainNeed;
  identity: ChainIdentity;
}

/** Whose backups the verdict is about. */
export interface ChainIdentity {
  /** The fork that lives; null where no header says one, or nobody can tell. */
  livingForkGuid: string | null;
  /** Who says so: there is no other, the source, a person, the newest finish time; null: nobody can tell. */
  livingBy: "only" | "newest" | KnownIdentity["by"] | null;
  /** What there is to choose between, the newest first; one or none where nothing is to be chosen. */
  timelines: Timeline[];
}
