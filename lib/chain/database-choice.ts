import type { BackupSet } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import { compareText, knownGuid } from "./chain-unit";
import type { ChainTarget } from "./verdict";

/** Sets that say the same of which database they are. */
interface Origin {
  family: string | null;
  /** Lower case: SQL Server mostly compares names so. */
  name: string | null;
  fork: string | null;
  sets: number;
  fulls: number;
  /** Sets that name the target's differential base, or are it. */
  onBase: number;
  lastLsn: Lsn;
}

interface Candidate {
  key: string;
  sets: number;
  fulls: number;
  continues: number;
  lastLsn: Lsn;
}

const MAX_EXAMPLES = 8;

/**
 * Decides which sets are of the database in question. A database is its family GUID, or its name where the header has
 * none. `database` names it; else it is the one that continues the target, else the one that most sets are of. A set of
 * the same family under another name is of the database only where it is on a recovery fork of it (it was renamed);
 * else it is of a copy that was restored under that name.
 */
export class DatabaseChoice {
  private readonly origins: Origin[] = [];
  private readonly places = new Map<string, number>();
  private readonly base: string | null;
  private readonly examples: { set: BackupSet; place: number }[] = [];

  constructor(
    private readonly database: string | null,
    private readonly from: ChainTarget | null,
  ) {
    this.base = knownGuid(from?.differentialBaseGuid);
  }

  /** Notes a set of the pile, and returns the place of where it comes from in what `decide` returns. */
  note(set: BackupSet): number {
    // Most piles are of a few databases, and comparing is cheaper than making a key.
    let place = this.examples.find((example) => saysTheSame(example.set, set))?.place;
    if (place === undefined) {
      place = findOrigin(set, this.places, this.origins);
      if (this.examples.length < MAX_EXAMPLES) this.examples.push({ set, place });
    }
    const origin = this.origins[place];
    if (origin) count(origin, set, this.base);
    return place;
  }

  /** Of each place that `note` returned, whether it is the database. */
  decide(): boolean[] {
    const familyOfName = commonFamilies(this.origins);
    const keyOf = ({ family, name }: Origin): string | null => {
      const key = family ?? (name === null ? null : (familyOfName.get(name) ?? null));
      return key ?? (name === null ? null : `name ${name}`);
    };
    const wanted = this.database?.toLowerCase() ?? null;
    const isNamed = ({ name }: Origin): boolean => wanted === null || name === null || name === wanted;
    const named = this.origins.filter(isNamed);
    const reference = bestCandidate(named, keyOf, knownGuid(this.from?.lastRecoveryForkGuid));
    const forks = new Set(
      named.filter((origin) => keyOf(origin) === reference && origin.fork !== null).map(({ fork }) => fork),
    );
    return this.origins.map((origin) => {
      const key = keyOf(origin);
      if (key === null || reference === null) return isNamed(origin);
      if (key !== reference) return false;
      return isNamed(origin) || (origin.family !== null && forks.has(origin.fork));
    });
  }
}

function saysTheSame(a: BackupSet, b: BackupSet): boolean {
  return (
    a.familyGuid === b.familyGuid &&
    a.databaseName === b.databaseName &&
    a.lastRecoveryForkGuid === b.lastRecoveryForkGuid
  );
}

function findOrigin(set: BackupSet, places: Map<string, number>, origins: Origin[]): number {
  const family = knownGuid(set.familyGuid);
  const name = set.databaseName?.toLowerCase() ?? null;
  const fork = knownGuid(set.lastRecoveryForkGuid);
  const key = `${family} ${fork} ${name === null ? "" : `=${name}`}`;
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, origins.length);
  return origins.push({ family, name, fork, sets: 0, fulls: 0, onBase: 0, lastLsn: 0n }) - 1;
}

function count(origin: Origin, set: BackupSet, base: string | null): void {
  origin.sets += 1;
  if (set.type === "full") origin.fulls += 1;
  if (set.lastLsn !== null && set.lastLsn > origin.lastLsn) origin.lastLsn = set.lastLsn;
  if (base === null) return;
  const isBase = set.type === "full" && set.backupSetGuid === base;
  if (isBase || set.differentialBaseGuid === base || set.baseBackupSetGuid === base) origin.onBase += 1;
}

/** For each database name the family GUID that it mostly goes with, for headers that lack one. */
function commonFamilies(origins: readonly Origin[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { family, name, sets } of origins) {
    if (family === null || name === null) continue;
    const families = counts.get(name) ?? new Map<string, number>();
    families.set(family, (families.get(family) ?? 0) + sets);
    counts.set(name, families);
  }
  const common = new Map<string, string>();
  for (const [name, families] of counts) {
    const [best] = [...families].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
    if (best) common.set(name, best[0]);
  }
  return common;
}

function bestCandidate(
  origins: readonly Origin[],
  keyOf: (origin: Origin) => string | null,
  fork: string | null,
): string | null {
  const candidates = new Map<string, Candidate>();
  for (const origin of origins) {
    const key = keyOf(origin);
    if (key === null) continue;
    const known = candidates.get(key) ?? { key, sets: 0, fulls: 0, continues: 0, lastLsn: 0n };
    known.sets += origin.sets;
    known.fulls += origin.fulls;
    known.continues += origin.onBase + (fork !== null && origin.fork === fork ? origin.sets : 0);
    if (origin.lastLsn > known.lastLsn) known.lastLsn = origin.lastLsn;
    candidates.set(key, known);
  }
  const [best] = [...candidates.values()].sort((a, b) => {
    if (a.continues !== b.continues) return b.continues - a.continues;
    if (a.sets !== b.sets) return b.sets - a.sets;
    if (a.fulls !== b.fulls) return b.fulls - a.fulls;
    if (a.lastLsn !== b.lastLsn) return a.lastLsn > b.lastLsn ? -1 : 1;
    return compareText(a.key, b.key);
  });
  return best?.key ?? null;
}
