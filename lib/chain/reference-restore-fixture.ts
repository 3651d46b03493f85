import type { BackupSet } from "@/lib/backup/header";

/**
 * SQL Server's own rules for `RESTORE … WITH NORECOVERY`, one set at a time, and a search that tries every sequence. It
 * is written from the documentation alone and shares nothing with what it is compared with.
 */

export interface Restored {
  lsn: bigint;
  baseGuid: string | null;
  baseLsn: bigint | null;
  fork: string | null;
}

/** The error number that SQL Server refuses with, or the state afterwards. */
type Answer = { error: number } | { state: Restored };

export function restore(state: Restored | null, set: BackupSet): Answer {
  if (set.lastLsn === null || set.damaged === true) return { error: 3241 };
  if (state === null) {
    if (set.type !== "full") return { error: 3118 };
    const noBase = set.copyOnly === true;
    return {
      state: {
        lsn: set.lastLsn,
        baseGuid: noBase ? null : set.backupSetGuid,
        baseLsn: noBase ? null : set.checkpointLsn,
        fork: set.lastRecoveryForkGuid,
      },
    };
  }
  if (set.type === "log") return restoreLog(state, set, set.lastLsn);
  if (set.type === "differential") return restoreDifferential(state, set, set.lastLsn);
  return { error: 3117 };
}

function restoreLog(state: Restored, set: BackupSet, lastLsn: bigint): Answer {
  if (set.firstLsn === null) return { error: 3241 };
  if (set.firstLsn > state.lsn) return { error: 4305 };
  if (lastLsn <= state.lsn) return { error: 4326 };
  const { firstRecoveryForkGuid: first, lastRecoveryForkGuid: last, forkPointLsn } = set;
  if (first !== null && state.fork !== null && first !== state.fork) return { error: 4330 };
  // Past the fork point the target has what the log's history has not.
  if (first !== last && forkPointLsn !== null && state.lsn > forkPointLsn) return { error: 4330 };
  return { state: { ...state, lsn: lastLsn, fork: last } };
}

function restoreDifferential(state: Restored, set: BackupSet, lastLsn: bigint): Answer {
  const guid = set.differentialBaseGuid;
  const isSame =
    guid !== null && state.baseGuid !== null
      ? guid === state.baseGuid
      : state.baseLsn !== null && state.baseLsn === set.differentialBaseLsn;
  if (!isSame) return { error: 3136 };
  if (lastLsn <= state.lsn) return { error: 3120 };
  const fork = set.lastRecoveryForkGuid;
  if (fork !== null && state.fork !== null && fork !== state.fork) {
    if (set.forkPointLsn === null || state.lsn > set.forkPointLsn) return { error: 4330 };
  }
  return { state: { ...state, lsn: lastLsn, fork } };
}

/** All states that some sequence of restores reaches, each with the fewest that lead to it; breadth first. */
export function explore(
  sets: readonly BackupSet[],
  from: Restored | null,
): { state: Restored | null; restores: number }[] {
  const key = (state: Restored | null): string =>
    state === null ? "" : `${state.lsn} ${state.baseGuid} ${state.baseLsn} ${state.fork}`;
  const seen = new Set([key(from)]);
  const found: { state: Restored | null; restores: number }[] = [{ state: from, restores: 0 }];
  for (const { state, restores } of found) {
    for (const set of sets) {
      const answer = restore(state, set);
      if ("error" in answer || seen.has(key(answer.state))) continue;
      seen.add(key(answer.state));
      found.push({ state: answer.state, restores: restores + 1 });
    }
  }
  return found;
}

/**
 * The furthest LSN that any sequence reaches, and the fewest restores that reach it. With `fork`, of those that end on
 * it; null when none does.
 */
export function exhaust(
  sets: readonly BackupSet[],
  from: Restored | null,
  fork?: string,
): { lsn: bigint | null; restores: number } | null {
  let best: { lsn: bigint | null; restores: number } | null = null;
  for (const { state, restores } of explore(sets, from)) {
    if (fork !== undefined && state?.fork !== fork) continue;
    const lsn = state?.lsn ?? null;
    if (best === null || (lsn ?? 0n) > (best.lsn ?? 0n)) best = { lsn, restores };
  }
  return best;
}

/** What a pile can be restored from: one whole set of each, those of one database, by ascending position in the pile. */
export function restorable(sets: readonly { complete: boolean; set: BackupSet }[]): BackupSet[] {
  const members = new Map<string, Set<number>>();
  for (const { complete, set } of sets) {
    if (!complete) continue;
    const present = members.get(`${set.backupSetGuid}`) ?? new Set<number>();
    present.add(set.family.sequence);
    members.set(`${set.backupSetGuid}`, present);
  }
  const whole = new Map<string, BackupSet>();
  for (const { complete, set } of sets) {
    const present = members.get(`${set.backupSetGuid}`)?.size ?? 0;
    if (complete && present === set.family.count) whole.set(`${set.backupSetGuid}`, set);
  }
  return [...whole.values()];
}
