import { z } from "zod";
import type { DriftKind } from "./vocabulary/drift-kind";

/** The chain as the server tells it; LSNs are digits, a field is null where it may not be seen. */
export interface ChainGuard {
  state: string;
  recoveryModel: string;
  differentialBaseGuid: string | null;
  /** Where the next log backup begins; null in SIMPLE and while FULL waits for its first full backup. */
  nextLogFirstLsn: string | null;
  forkGuid: string | null;
  databaseGuid: string | null;
}

/** A backup that msdb knows. */
export interface KnownBackup {
  name: string | null;
  kind: string;
  copyOnly: boolean;
  firstLsn: string | null;
  lastLsn: string | null;
  backupSetGuid: string | null;
  finishedAtLocal: string | null;
  userName: string | null;
  path: string | null;
}

/** What the first look saw: only a change of it is an alarm. */
export const DriftBaseline = z.object({
  recoveryModel: z.string(),
  forkGuid: z.string().nullable().default(null),
  databaseGuid: z.string().nullable().default(null),
});
export type DriftBaseline = z.infer<typeof DriftBaseline>;

export interface DriftInput {
  baseline: DriftBaseline;
  guard: ChainGuard;
  /** Newest first; null where msdb may not be read. */
  history: KnownBackup[] | null;
  /** Names of our own backup sets. */
  ourNames: ReadonlySet<string>;
  /** False: every backup is taken by others, and a log backup by them is as it should be. */
  weTakeBackups: boolean;
  /** The full backup this migration stands on; null: none yet, and there is no chain to watch. */
  full: { backupSetGuid: string | null; lastLsn: string | null } | null;
  /** How far the target and our own files reach; null: not known. */
  reachedLsn: string | null;
}

/** Texts are `drift.<kind>.*`; `evidence` names are theirs. */
export interface DriftFinding {
  kind: DriftKind;
  /** The same as long as it is the same event. */
  fingerprint: string;
  evidence: Record<string, string | number | null>;
}

/**
 * Compares what the source says now with what the migration stands on. Nothing is found before its full backup is taken.
 * Rules: a log backup that is not copy-only takes its range out of our files; a full that is not copy-only becomes the
 * base of the next differential; leaving FULL breaks the log chain; a restore changes the fork. Source: Microsoft Learn,
 * sys.database_recovery_status and sys.master_files.
 */
export function assessDrift(input: DriftInput): DriftFinding[] {
  const { baseline, guard, full } = input;
  if (full === null) return [];
  const found: DriftFinding[] = [];
  const restored =
    changed(baseline.forkGuid, guard.forkGuid) || changed(baseline.databaseGuid, guard.databaseGuid);
  if (restored) {
    const fork = guard.forkGuid ?? guard.databaseGuid ?? "";
    return [
      { kind: "restored", fingerprint: fork, evidence: { before: baseline.forkGuid, now: guard.forkGuid } },
    ];
  }
  if (guard.recoveryModel !== baseline.recoveryModel && guard.recoveryModel !== "FULL") {
    const evidence = { before: baseline.recoveryModel, now: guard.recoveryModel };
    found.push({ kind: "recovery_model_changed", fingerprint: guard.recoveryModel, evidence });
  }
  const reset = baseReset(input);
  if (reset) found.push(reset);
  const log = input.weTakeBackups && guard.recoveryModel !== "SIMPLE" ? foreignLog(input) : null;
  if (log) found.push(log);
  return found;
}

function changed(before: string | null, now: string | null): boolean {
  return before !== null && now !== null && before.toUpperCase() !== now.toUpperCase();
}

function baseReset({ guard, full, history, ourNames }: DriftInput): DriftFinding | null {
  const base = guard.differentialBaseGuid?.toUpperCase() ?? null;
  if (base === null || !full?.backupSetGuid || base === full.backupSetGuid.toUpperCase()) return null;
  const taken = history?.find((row) => row.backupSetGuid?.toUpperCase() === base);
  if (taken && isOurs(taken, ourNames)) return null;
  return { kind: "base_reset", fingerprint: base, evidence: taken ? evidenceOf(taken) : { ...UNSEEN } };
}

function foreignLog(input: DriftInput): DriftFinding | null {
  const { guard, history, ourNames, full } = input;
  const reached = highest([input.reachedLsn, full?.lastLsn ?? null]);
  if (reached === null) return null;
  const logs = (history ?? []).filter((row) => row.kind === "log" && row.lastLsn !== null);
  const foreign = logs
    .filter((row) => !row.copyOnly && !isOurs(row, ourNames) && BigInt(row.lastLsn ?? "0") > reached)
    .reverse();
  const first = foreign[0];
  if (first) {
    const last = foreign.at(-1) ?? first;
    return {
      kind: "foreign_log",
      fingerprint: first.backupSetGuid ?? first.firstLsn ?? "",
      evidence: { ...evidenceOf(first), toLsn: last.lastLsn, count: foreign.length },
    };
  }
  if (guard.nextLogFirstLsn === null) {
    return {
      kind: "log_chain_restarted",
      fingerprint: "none",
      evidence: { fromLsn: String(reached), toLsn: null },
    };
  }
  const end = highest([String(reached), ...logs.map((row) => row.lastLsn)]) ?? reached;
  const next = BigInt(guard.nextLogFirstLsn);
  if (next <= end) return null;
  const evidence = { fromLsn: String(end), toLsn: guard.nextLogFirstLsn };
  // With msdb in sight a log backup would be seen: the chain itself began anew.
  return history === null
    ? {
        kind: "foreign_log",
        fingerprint: guard.nextLogFirstLsn,
        evidence: { ...UNSEEN, ...evidence, count: 1 },
      }
    : { kind: "log_chain_restarted", fingerprint: guard.nextLogFirstLsn, evidence };
}

const UNSEEN = { path: null, userName: null, finishedAtLocal: null, fromLsn: null, toLsn: null };

function evidenceOf(row: KnownBackup) {
  return {
    path: row.path,
    userName: row.userName,
    finishedAtLocal: row.finishedAtLocal,
    fromLsn: row.firstLsn,
    toLsn: row.lastLsn,
  };
}

function isOurs(row: KnownBackup, ourNames: ReadonlySet<string>): boolean {
  return row.name !== null && ourNames.has(row.name);
}

function highest(lsns: (string | null)[]): bigint | null {
  return lsns.reduce<bigint | null>((most, lsn) => {
    const value = lsn === null ? null : BigInt(lsn);
    return value !== null && (most === null || value > most) ? value : most;
  }, null);
}
