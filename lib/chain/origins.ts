import type { Lsn } from "@/lib/backup/lsn";
import { knownGuid } from "./chain-unit";
import type { ChainFile } from "./verdict";

/** Sets that say the same of where they come from: of which database, under which name, on which recovery fork. */
export interface Origin {
  family: string | null;
  /** As it is spelled. */
  name: string | null;
  /** The fork the source was on at the last LSN of the sets. */
  fork: string | null;
  sets: number;
  fulls: number;
  /** Sets that name the target's differential base, or are it. */
  onBase: number;
  firstLsn: Lsn | null;
  lastLsn: Lsn;
  /** When the newest of the sets finished: the source's wall clock, and its quarter hours east of UTC. */
  newestAt: string | null;
  zone: number | null;
  /** The database GUID (binding id) that the newest set names. */
  databaseGuid: string | null;
  /** Where the fork began; null where no header says. */
  forkPoint: Lsn | null;
}

/** A log that begins on one fork and ends on another: it proves whose child the second is. */
export interface Crossing {
  from: string;
  to: string;
  point: Lsn | null;
}

const MAX_EXAMPLES = 8;
/** A pile of very many forks is like no example: then looking up is cheaper. */
const MAX_MISSES = 64;
/** Names and families on one fork are a few; a pile that claims more of them is looked up by a key. */
const MAX_ALIKE = 16;

/** Sorts the sets of a pile by where they come from. */
export class Origins {
  readonly list: Origin[] = [];
  readonly crossings: Crossing[] = [];
  /** No two origins are on one fork. */
  areForksDistinct = true;
  /** The place of a fork's only origin, or of several. */
  private readonly byFork = new Map<string, number | number[]>();
  private readonly byKey = new Map<string, number>();
  private readonly examples: { set: ChainFile["set"]; place: number }[] = [];
  /** Sets that were like no example, less those that were. */
  private misses = 0;

  /** `base`: the target's differential base. */
  constructor(private readonly base: string | null) {}

  /** Notes a set, and returns the place of its origin in `list`. */
  note({ set, complete }: ChainFile): number {
    // Most piles are of a few databases, and comparing is cheaper than looking up.
    let place = this.likeExample(set);
    if (place === undefined) {
      place = this.placeOf(set);
      if (this.examples.length < MAX_EXAMPLES) this.examples.push({ set, place });
    }
    const origin = this.list[place];
    if (origin !== undefined) count(origin, set, complete, this.base);
    if (set.type === "log" && set.firstRecoveryForkGuid !== set.lastRecoveryForkGuid) this.noteCrossing(set);
    return place;
  }

  private likeExample(set: ChainFile["set"]): number | undefined {
    if (this.misses > MAX_MISSES) return undefined;
    for (const example of this.examples)
      if (saysTheSame(example.set, set)) {
        this.misses -= 1;
        return example.place;
      }
    this.misses += 1;
    return undefined;
  }

  private noteCrossing(set: ChainFile["set"]): void {
    const from = knownGuid(set.firstRecoveryForkGuid);
    const to = knownGuid(set.lastRecoveryForkGuid);
    if (from !== null && to !== null) this.crossings.push({ from, to, point: set.forkPointLsn });
  }

  private placeOf(set: ChainFile["set"]): number {
    const family = knownGuid(set.familyGuid);
    const fork = knownGuid(set.lastRecoveryForkGuid) ?? knownGuid(set.firstRecoveryForkGuid);
    const name = set.databaseName;
    const key = fork ?? `=${name}`;
    const alike = this.byFork.get(key);
    if (alike === undefined) {
      this.byFork.set(key, this.list.length);
      return this.add(family, name, fork);
    }
    if (typeof alike === "number") {
      if (this.isOf(alike, family, name)) return alike;
      this.areForksDistinct = false;
      this.byFork.set(key, [alike, this.list.length]);
      return this.add(family, name, fork);
    }
    if (alike.length < MAX_ALIKE) {
      const known = alike.find((place) => this.isOf(place, family, name));
      if (known !== undefined) return known;
      alike.push(this.list.length);
      return this.add(family, name, fork);
    }
    const whole = `${fork} ${family} ${name === null ? "" : `=${name}`}`;
    const known = this.byKey.get(whole);
    if (known !== undefined) return known;
    this.byKey.set(whole, this.list.length);
    return this.add(family, name, fork);
  }

  private isOf(place: number, family: string | null, name: string | null): boolean {
    const origin = this.list[place];
    return origin?.family === family && origin.name === name;
  }

  private add(family: string | null, name: string | null, fork: string | null): number {
    return (
      this.list.push({
        family,
        name,
        fork,
        sets: 0,
        fulls: 0,
        onBase: 0,
        firstLsn: null,
        lastLsn: 0n,
        newestAt: null,
        zone: null,
        databaseGuid: null,
        forkPoint: null,
      }) - 1
    );
  }
}

function saysTheSame(a: ChainFile["set"], b: ChainFile["set"]): boolean {
  return (
    a.lastRecoveryForkGuid === b.lastRecoveryForkGuid &&
    a.familyGuid === b.familyGuid &&
    a.databaseName === b.databaseName &&
    (a.lastRecoveryForkGuid !== null || a.firstRecoveryForkGuid === b.firstRecoveryForkGuid)
  );
}

function count(origin: Origin, set: ChainFile["set"], complete: boolean, base: string | null): void {
  const { type, firstLsn, lastLsn, forkPointLsn } = set;
  origin.sets += 1;
  if (type === "full" && complete) origin.fulls += 1;
  if (lastLsn !== null && lastLsn > origin.lastLsn) origin.lastLsn = lastLsn;
  if (firstLsn !== null && (origin.firstLsn === null || firstLsn < origin.firstLsn))
    origin.firstLsn = firstLsn;
  // Headers of one fork agree; where one is wrong, the lower promises less.
  if (forkPointLsn !== null && (origin.forkPoint === null || forkPointLsn < origin.forkPoint))
    origin.forkPoint = forkPointLsn;
  // What is still being written has begun, but its end is not known yet.
  const at = (complete ? set.finishedAt : null) ?? set.startedAt;
  if (at !== null && (origin.newestAt === null || at > origin.newestAt)) {
    origin.newestAt = at;
    origin.zone = set.timeZoneQuarterHours;
    origin.databaseGuid = set.bindingId;
  }
  if (base === null) return;
  const isBase = type === "full" && set.backupSetGuid === base;
  if (isBase || set.differentialBaseGuid === base || set.baseBackupSetGuid === base) origin.onBase += 1;
}
