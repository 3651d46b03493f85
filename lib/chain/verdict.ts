import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";

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

/**
 * What a file is, or what is missing. These spoil a verdict:
 * - `no-full`: nothing to begin with, so nothing more is said of the other files.
 * - `gap`: the LSNs between `fromLsn` (reached) and `toLsn` (where `file`, the next log, begins) are in no log. One for
 *   each missing range; logs behind a gap have no problem of their own. Without `file`: a full where a log was due.
 * - `fork`: a log or differential of a recovery path that the restore does not go (4330).
 * - `wrong-base`: a differential on a full that is neither here nor on the target (3136).
 * - `wrong-database`: by family GUID (3154), by name only where a header has none.
 * - `missing-stripe`: a member of a striped set of which another is not here (3132); the set as a whole is `incomplete`.
 * - `incomplete`: still being written or uploaded, or a striped set without all its members.
 * - `unreadable`: no backup, no LSNs, or damaged pages in it.
 *
 * The restore does without these, so they do not spoil it:
 * - `too-early`: ends where the first full, or the target, has got already (4326, 3120).
 * - `duplicate`: the same set under another name; the shorter name counts, then the first in code unit order.
 * - `not-needed`: would fit, but the restore gets as far without it; empty logs; backups of a part of the database.
 */
export type ProblemKind =
  | "gap"
  | "no-full"
  | "incomplete"
  | "duplicate"
  | "not-needed"
  | "too-early"
  | "wrong-database"
  | "wrong-base"
  | "fork"
  | "missing-stripe"
  | "unreadable";

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
