import { isBackupKind } from "@/lib/backup/backup-kind";
import { parseLsn } from "@/lib/backup/lsn";
import type { BackupSetView, ObjectHeaderView } from "@/lib/contracts/catalog";
import { releaseOfEngine, releaseOfVersion } from "@/lib/migration/server-release";
import { isSeal, type Seal } from "@/lib/migration/vocabulary/witness";

/**
 * Whether an object may be chosen, told from its header alone. Only what the header proves is refused, never what cannot be
 * read here; the server verifies the chain again before anything is submitted. `reason` keys `object.reason.*`.
 */
export type ObjectJudgement =
  | { verdict: "fits"; note: "copy_only" | null }
  | { verdict: "not_first"; reason: "log_first" | "differential_first" }
  /** It may be chosen: the server asks SQL Server, its history, and else a person what it is. */
  | { verdict: "unread"; seal: Seal }
  | { verdict: "refused"; reason: RefusalReason; params: Record<string, string> };

export type RefusalReason =
  | "empty"
  | "not_a_backup"
  | "truncated"
  | "corrupt"
  | "incomplete"
  | "several_sets"
  | "striped"
  | "wrong_kind"
  | "other_database"
  | "newer_version"
  | "full_not_increment"
  | "too_early"
  | "gap";

const UNREADABLE = {
  empty: "empty",
  not_a_backup: "not_a_backup",
  truncated: "truncated",
  corrupt: "corrupt",
} as const satisfies Record<string, RefusalReason>;

function refused(reason: RefusalReason, params: Record<string, string> = {}): ObjectJudgement {
  return { verdict: "refused", reason, params };
}

/** What rules an object out whatever its place: unreadable, unfinished, more or less than one whole backup. */
function judgeShape(header: ObjectHeaderView): ObjectJudgement | BackupSetView {
  if (header.error) {
    const { code } = header.error;
    if (isSeal(code)) return { verdict: "unread", seal: code };
    return refused(code in UNREADABLE ? UNREADABLE[code as keyof typeof UNREADABLE] : "corrupt");
  }
  const [set, ...others] = header.sets;
  if (!set) return refused("not_a_backup");
  if (!header.complete) return refused("incomplete");
  if (others.length > 0) return refused("several_sets", { count: String(header.sets.length) });
  if (set.family.count > 1) {
    return refused("striped", { sequence: String(set.family.sequence), count: String(set.family.count) });
  }
  if (set.encrypted) return { verdict: "unread", seal: "encrypted" };
  if (!isBackupKind(set.type)) return refused("wrong_kind");
  return set;
}

function judgeVersion(set: BackupSetView, engineVersion: string | null): ObjectJudgement | null {
  const from = set.softwareVersion === null ? null : releaseOfVersion(set.softwareVersion);
  const to = engineVersion === null ? null : releaseOfEngine(engineVersion);
  return from && to && from.rank > to.rank
    ? refused("newer_version", { version: from.label, instance: to.label })
    : null;
}

/** What an object is, whatever it may be for: only what RDS never takes is refused. */
export function judgeSeen(header: ObjectHeaderView): ObjectJudgement {
  const set = judgeShape(header);
  return "verdict" in set ? set : { verdict: "fits", note: set.copyOnly === true ? "copy_only" : null };
}

/** Judges an object as the full backup that a migration begins with. Names compare as RDS does: case-insensitively. */
export function judgeFirstObject(
  header: ObjectHeaderView,
  expected: { database: string | null; engineVersion: string | null },
): ObjectJudgement {
  const set = judgeShape(header);
  if ("verdict" in set) return set;
  if (
    expected.database &&
    set.databaseName &&
    set.databaseName.toLowerCase() !== expected.database.toLowerCase()
  ) {
    return refused("other_database", { database: set.databaseName, expected: expected.database });
  }
  const version = judgeVersion(set, expected.engineVersion);
  if (version) return version;
  if (set.type === "log") return { verdict: "not_first", reason: "log_first" };
  if (set.type === "differential") return { verdict: "not_first", reason: "differential_first" };
  return { verdict: "fits", note: set.copyOnly === true ? "copy_only" : null };
}

/**
 * Judges an object as the next file of a waiting task. `reachedLsn` is where the task's last restored file ends, as
 * digits; null when no record tells, and then the chain is the server's to verify, as is what cannot be read here.
 */
export function judgeIncrement(
  header: ObjectHeaderView,
  expected: { reachedLsn: string | null; engineVersion: string | null },
): ObjectJudgement {
  const set = judgeShape(header);
  if ("verdict" in set) return set;
  const version = judgeVersion(set, expected.engineVersion);
  if (version) return version;
  if (set.type === "full") return refused("full_not_increment");
  if (expected.reachedLsn && set.firstLsn && set.lastLsn) {
    const reached = parseLsn(expected.reachedLsn);
    if (parseLsn(set.lastLsn) <= reached) {
      return refused("too_early", { lastLsn: set.lastLsn, reachedLsn: expected.reachedLsn });
    }
    if (set.type === "log" && parseLsn(set.firstLsn) > reached) {
      return refused("gap", { firstLsn: set.firstLsn, reachedLsn: expected.reachedLsn });
    }
  }
  return { verdict: "fits", note: null };
}
