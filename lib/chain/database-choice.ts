import type { Lsn } from "@/lib/backup/lsn";
import { compareText, knownGuid } from "./chain-unit";
import { later, newestOf } from "./newest";
import type { Crossing, Origin } from "./origins";
import type { ChainTarget, KnownIdentity } from "./verdict";

/** Whether sets are of the database in question; `unknown` is what nothing proves or disproves. */
export type Belonging = "own" | "foreign" | "unknown";

export interface ChosenDatabase {
  /** Of each origin. */
  belongs: Belonging[];
  /** The name in question; null when nobody asked for one and the files name none. */
  name: string | null;
  /** Origins of other databases under that name. */
  rivals: Origin[];
  /** False: several databases have the name, and nothing tells which of them lives. */
  decided: boolean;
  /** The target holds another database than the chosen one. */
  isTargetForeign: boolean;
}

/** Origins under the name in question which are of one database for certain. */
interface Group {
  key: string;
  family: string | null;
  sets: number;
  fulls: number;
  /** Sets that continue the target. */
  continues: number;
  lastLsn: Lsn;
  newestMs: number | null;
  hasKnownDatabase: boolean;
}

/**
 * Decides which origins are of the database in question. A database is its family GUID and the recovery forks it has been
 * on; its name is a hint.
 * - `database` names it, else it is the one that continues the target, else the one that most sets are of. The exact
 *   spelling wins; letter case is folded only where nothing is spelled so.
 * - Of several families under the name it is the one that the source or a person names, else the one with the newest
 *   backups. Where nobody can tell, the one that the target continues or that has most sets, undecided.
 * - Sets under another name are of it where their fork is one of its own (it was renamed), or where only their family
 *   is known and is the same; else they are of a copy.
 */
export function chooseDatabase(input: {
  origins: readonly Origin[];
  crossings: readonly Crossing[];
  momentOf: (origin: Origin) => number | null;
  database: string | null;
  from: ChainTarget | null;
  known: KnownIdentity | null;
}): ChosenDatabase {
  const { origins, from, known } = input;
  const keys = keysOf(origins);
  const grouping = { origins, keys, momentOf: input.momentOf, from, known };
  const ofAll = input.database === null ? groupUp(grouping, () => true) : null;
  const asked = input.database ?? likelyName(origins, keys, ofAll ?? []);
  const isNamed = namedAs(origins, asked);
  const groups = ofAll !== null && origins.every(isNamed) ? ofAll : groupUp(grouping, isNamed);
  const { own, decided } = chooseGroup(groups, known);
  const targetFamily = knownGuid(from?.familyGuid);
  const isTargetForeign = own !== null && differ(own.family, targetFamily);
  const isOwnGroup = (origin: Origin, i: number): boolean =>
    isNamed(origin) && own !== null && keys[i] === own.key;
  if (!isTargetForeign && origins.every(isOwnGroup)) {
    const belongs = origins.map((): Belonging => "own");
    return { belongs, name: asked, rivals: [], decided, isTargetForeign };
  }
  const forks = forksOf(origins.filter(isOwnGroup), input, isTargetForeign);
  const family = own?.family ?? (isTargetForeign ? null : targetFamily) ?? knownGuid(known?.familyGuid);
  const holdsFull = from !== null || (own?.fulls ?? 0) > 0;
  const belongs = origins.map((origin, i): Belonging => {
    if (isTargetForeign) return "foreign";
    if (isOwnGroup(origin, i)) return "own";
    if (origin.family === null && origin.name === null && origin.fork === null) return "own";
    const isAmong = origin.fork !== null && forks.has(origin.fork);
    if (isAmong && !differ(origin.family, family)) return "own";
    const isSameFamily = origin.family !== null && origin.family === family;
    if (isSameFamily && (origin.fork === null || forks.size === 0)) return "own";
    if (isSameFamily || differ(origin.family, family)) return "foreign";
    if (isNamed(origin) && keys[i] === null) return "unknown";
    return isSpelledAlike(origin.name, asked) && !holdsFull ? "unknown" : "foreign";
  });
  const rivals = origins.filter(
    (origin, i) => isNamed(origin) && origin.family !== null && !isOwnGroup(origin, i),
  );
  return { belongs, name: asked, rivals, decided, isTargetForeign };
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function isSpelledAlike(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

/**
 * For each origin what stands for its database: the family; where that is not known the family of its fork, or of its
 * name if that has one, else the name. Null: it could be of several.
 */
function keysOf(origins: readonly Origin[]): (string | null)[] {
  if (origins.every(({ family }) => family !== null)) return origins.map(({ family }) => family);
  const ofFork = new Map<string, string>();
  const ofName = new Map<string, string | null>();
  for (const { family, fork, name } of origins) {
    if (family === null) continue;
    const ofSame = fork === null ? undefined : ofFork.get(fork);
    if (fork !== null && (ofSame === undefined || family < ofSame)) ofFork.set(fork, family);
    if (name === null) continue;
    const before = ofName.get(name);
    ofName.set(name, before === undefined || before === family ? family : null);
  }
  return origins.map(({ family, fork, name }) => {
    const known = family ?? (fork === null ? null : (ofFork.get(fork) ?? null));
    if (known !== null || name === null) return known;
    const byName = ofName.get(name);
    return byName === undefined ? `name ${name}` : byName;
  });
}

/** Which origins go by the name: spelled exactly so, or, where none is, in any letter case. */
function namedAs(origins: readonly Origin[], asked: string | null): (origin: Origin) => boolean {
  if (asked === null) return () => true;
  if (origins.some(({ name }) => name === asked)) return ({ name }) => name === null || name === asked;
  return ({ name }) => name === null || isSpelledAlike(name, asked);
}

function groupUp(
  all: {
    origins: readonly Origin[];
    keys: readonly (string | null)[];
    momentOf: (origin: Origin) => number | null;
    from: ChainTarget | null;
    known: KnownIdentity | null;
  },
  isNamed: (origin: Origin) => boolean,
): Group[] {
  const fork = knownGuid(all.from?.lastRecoveryForkGuid);
  const family = knownGuid(all.from?.familyGuid);
  const [knownFork, knownDatabase] = [knownGuid(all.known?.forkGuid), knownGuid(all.known?.databaseGuid)];
  const groups = new Map<string, Group>();
  all.origins.forEach((origin, i) => {
    const key = all.keys[i] ?? null;
    if (key === null || !isNamed(origin)) return;
    const group = groups.get(key) ?? newGroup(key);
    if (group.sets === 0) groups.set(key, group);
    group.family ??= origin.family;
    group.sets += origin.sets;
    group.fulls += origin.fulls;
    group.continues += origin.onBase;
    if (fork !== null && origin.fork === fork) group.continues += origin.sets;
    if (family !== null && origin.family === family) group.continues += origin.sets;
    if (origin.lastLsn > group.lastLsn) group.lastLsn = origin.lastLsn;
    group.newestMs = later(group.newestMs, all.momentOf(origin));
    if (knownFork !== null && origin.fork === knownFork) group.hasKnownDatabase = true;
    if (knownDatabase !== null && origin.databaseGuid === knownDatabase) group.hasKnownDatabase = true;
  });
  return [...groups.values()];
}

function newGroup(key: string): Group {
  const none = { sets: 0, fulls: 0, continues: 0, lastLsn: 0n, newestMs: null };
  return { key, family: null, ...none, hasKnownDatabase: false };
}

function chooseGroup(
  groups: readonly Group[],
  known: KnownIdentity | null,
): { own: Group | null; decided: boolean } {
  const family = knownGuid(known?.familyGuid);
  const told = groups.find((group) => (family !== null && group.family === family) || group.hasKnownDatabase);
  if (told !== undefined) return { own: told, decided: true };
  // All that lies here is of databases that the source's own is not.
  if (family !== null && groups.every((group) => group.family !== null)) return { own: null, decided: true };
  const [only] = groups;
  if (groups.length <= 1) return { own: only ?? null, decided: true };
  const newest = newestOf(groups);
  return newest === null
    ? { own: [...groups].sort(compareGroups)[0] ?? null, decided: false }
    : { own: newest, decided: true };
}

function compareGroups(a: Group, b: Group): number {
  if (a.continues !== b.continues) return b.continues - a.continues;
  if (a.sets !== b.sets) return b.sets - a.sets;
  if (a.fulls !== b.fulls) return b.fulls - a.fulls;
  if (a.lastLsn !== b.lastLsn) return a.lastLsn > b.lastLsn ? -1 : 1;
  return compareText(a.key, b.key);
}

/** The name that most sets of the likeliest database have. */
function likelyName(
  origins: readonly Origin[],
  keys: readonly (string | null)[],
  groups: readonly Group[],
): string | null {
  const best = [...groups].sort(compareGroups)[0];
  const counts = new Map<string, number>();
  origins.forEach(({ name, sets }, i) => {
    if (name === null || (best !== undefined && keys[i] !== best.key)) return;
    counts.set(name, (counts.get(name) ?? 0) + sets);
  });
  const [common] = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  return common?.[0] ?? null;
}

/** The forks that the database has been on, as far as its own sets, the target, and logs that cross forks tell. */
function forksOf(
  own: readonly Origin[],
  input: { crossings: readonly Crossing[]; from: ChainTarget | null; known: KnownIdentity | null },
  isTargetForeign: boolean,
): Set<string> {
  const forks = new Set<string>();
  for (const { fork } of own) if (fork !== null) forks.add(fork);
  const { from, known } = input;
  const others = [isTargetForeign ? null : from?.lastRecoveryForkGuid, known?.forkGuid];
  for (const guid of others) {
    const fork = knownGuid(guid);
    if (fork !== null) forks.add(fork);
  }
  const parents = new Map<string, Set<string>>();
  for (const { from: parent, to } of input.crossings)
    parents.set(to, (parents.get(to) ?? new Set()).add(parent));
  // What is added while a set is gone through is gone through too.
  for (const fork of forks) for (const parent of parents.get(fork) ?? []) forks.add(parent);
  return forks;
}
