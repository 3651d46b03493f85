import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import { compareText, knownGuid } from "./chain-unit";
import type { ChainTarget } from "./verdict";

interface Group {
  key: string;
  sets: number;
  /** Sets that name the target's differential base. */
  onBase: number;
  lastLsn: Lsn;
}

/**
 * Decides which sets are of the database in question, and returns the test. A database is its family GUID, or its name
 * where the header has none. `database` names it; else it is the one that continues the target, else the one that most
 * sets are of.
 */
export function chooseDatabase(
  sets: readonly BackupSet[],
  database: string | null,
  from: ChainTarget | null,
): (set: BackupSet) => boolean {
  const familyOfName = commonFamilies(sets);
  const keyOf = (set: BackupSet): string | null => {
    const name = set.databaseName?.toLowerCase() ?? null;
    const family = knownGuid(set.familyGuid) ?? (name === null ? null : (familyOfName.get(name) ?? null));
    return family ?? (name === null ? null : `name ${name}`);
  };
  const wanted = database?.toLowerCase() ?? null;
  const isNamed = (set: BackupSet): boolean =>
    wanted === null || set.databaseName === null || set.databaseName.toLowerCase() === wanted;
  const reference = largest(groupSets(sets.filter(isNamed), keyOf, knownGuid(from?.differentialBaseGuid)));
  return (set) => {
    const key = keyOf(set);
    return isNamed(set) && (key === null || reference === null || key === reference);
  };
}

/** For each database name the family GUID that it mostly goes with, for headers that lack one. */
function commonFamilies(sets: readonly BackupSet[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const set of sets) {
    const family = knownGuid(set.familyGuid);
    if (family === null || set.databaseName === null) continue;
    const name = set.databaseName.toLowerCase();
    const families = counts.get(name) ?? new Map<string, number>();
    families.set(family, (families.get(family) ?? 0) + 1);
    counts.set(name, families);
  }
  const common = new Map<string, string>();
  for (const [name, families] of counts) {
    const [best] = [...families].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
    if (best) common.set(name, best[0]);
  }
  return common;
}

function groupSets(
  sets: readonly BackupSet[],
  keyOf: (set: BackupSet) => string | null,
  base: string | null,
): Group[] {
  const groups = new Map<string, Group>();
  for (const set of sets) {
    const key = keyOf(set);
    if (key === null) continue;
    const group = groups.get(key) ?? { key, sets: 0, onBase: 0, lastLsn: 0n };
    group.sets += 1;
    const named = [
      set.differentialBaseGuid,
      set.baseBackupSetGuid,
      set.type === "full" ? set.backupSetGuid : null,
    ];
    if (base !== null && named.includes(base)) group.onBase += 1;
    if (set.lastLsn !== null && set.lastLsn > group.lastLsn) group.lastLsn = set.lastLsn;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function largest(groups: Group[]): string | null {
  const [best] = groups.sort((a, b) => {
    if (a.onBase !== b.onBase) return b.onBase - a.onBase;
    if (a.sets !== b.sets) return b.sets - a.sets;
    if (a.lastLsn !== b.lastLsn) return a.lastLsn > b.lastLsn ? -1 : 1;
    return compareText(a.key, b.key);
  });
  return best?.key ?? null;
}
