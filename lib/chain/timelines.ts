import type { Lsn } from "@/lib/backup/lsn";
import { knownGuid } from "./chain-unit";
import { later, newestOf } from "./newest";
import type { Crossing, Origin } from "./origins";
import type { ChainIdentity, KnownIdentity } from "./verdict";

interface Fork {
  guid: string;
  lastLsn: Lsn;
  /** Where it began. */
  point: Lsn | null;
  newestMs: number | null;
  databaseGuid: string | null;
}

/**
 * Where an LSN on a fork stands to the history of one fork: `on` that fork, `before` it began there, on a fork that it
 * came from, or `off` its history. LSNs of two forks are compared nowhere but with the point at which one left the other.
 */
export type Standing = "on" | "before" | "off";

/** What a fork came from, as far as the files tell. */
export class ForkHistory {
  /** Up to which LSN each fork that it is known to come from belongs to its history. */
  private readonly limits = new Map<string, Lsn | null>();
  /** Where the oldest known fork of the history began: up to there any other fork may be what it came from. */
  private readonly root: Lsn | null;

  constructor(
    readonly fork: string,
    points: ReadonlyMap<string, Lsn>,
    parents: ReadonlyMap<string, Crossing>,
  ) {
    let [child, limit] = [fork, points.get(fork) ?? null];
    const seen = new Set([fork]);
    for (let up = parents.get(child); up !== undefined && !seen.has(up.from); up = parents.get(child)) {
      limit = lower(limit, up.point);
      this.limits.set(up.from, limit);
      seen.add(up.from);
      child = up.from;
      limit = lower(limit, points.get(child) ?? null);
      if (!points.has(child)) {
        // Where it began is not known, so nothing before it is.
        if (!parents.has(child)) limit = null;
      }
    }
    this.root = limit;
  }

  standing(lsn: Lsn, fork: string | null): Standing {
    if (fork === null || fork === this.fork) return "on";
    const limit = this.limits.get(fork);
    if (limit !== undefined) return limit === null || lsn <= limit ? "before" : "off";
    return this.root !== null && lsn <= this.root ? "before" : "off";
  }

  /** Whether a state of which no fork is known may lie before this fork began. */
  mayPrecede(lsn: Lsn): boolean {
    return this.root !== null && lsn <= this.root;
  }
}

function lower(a: Lsn | null, b: Lsn | null): Lsn | null {
  return a === null ? b : b === null || a < b ? a : b;
}

/** Of two logs that claim to lead to one fork always the same counts, whatever the order of the files. */
function isLower(a: Crossing, b: Crossing): boolean {
  return a.from === b.from ? a.point !== null && (b.point === null || a.point < b.point) : a.from < b.from;
}

/** The timelines of one database: its recovery forks, and which of them lives. */
export class Timelines {
  readonly livingBy: ChainIdentity["livingBy"];
  /** The history of the living one; null: no header says its fork, or nobody can tell which lives. */
  readonly living: ForkHistory | null;
  /** Not all of the forks are of one history: there is something to choose. */
  readonly contended: boolean;
  private readonly forks: Fork[];
  private readonly points = new Map<string, Lsn>();
  private readonly parents = new Map<string, Crossing>();

  constructor(
    own: readonly Origin[],
    crossings: readonly Crossing[],
    momentOf: (origin: Origin) => number | null,
    known: KnownIdentity | null,
    areForksDistinct: boolean,
  ) {
    this.forks = forksOf(own, momentOf, areForksDistinct);
    for (const { guid, point } of this.forks) if (point !== null) this.points.set(guid, point);
    const guids = crossings.length > 0 ? new Set(this.forks.map(({ guid }) => guid)) : null;
    for (const crossing of crossings) {
      const known = this.parents.get(crossing.to);
      if (guids?.has(crossing.to) && (known === undefined || isLower(crossing, known)))
        this.parents.set(crossing.to, crossing);
    }
    const { fork, by } = this.choose(known);
    this.livingBy = by;
    const living = this.forks.find(({ guid }) => guid === fork);
    this.contended =
      by !== "only" && this.forks.length > 1 && (living === undefined || !this.holdsAll(living));
    this.living = fork === null ? null : this.historyOf(fork);
  }

  historyOf(fork: string): ForkHistory {
    return new ForkHistory(fork, this.points, this.parents);
  }

  /** The forks that logs of the pile lead to from `fork`, itself included. */
  reachableFrom(fork: string): Set<string> {
    const reachable = new Set([fork]);
    const children = new Map<string, string[]>();
    for (const { from, to } of this.parents.values()) children.set(from, [...(children.get(from) ?? []), to]);
    for (const parent of reachable) for (const child of children.get(parent) ?? []) reachable.add(child);
    return reachable;
  }

  private choose(known: KnownIdentity | null): { fork: string | null; by: ChainIdentity["livingBy"] } {
    const { forks } = this;
    const [first] = forks;
    if (first === undefined) return { fork: null, by: "only" };
    const told = this.toldBy(known);
    if (told !== null && known !== null) return { fork: told, by: known.by };
    const newest = newestOf(forks);
    if (newest !== null) return { fork: newest.guid, by: this.holdsAll(newest) ? "only" : "newest" };
    const whole = [furthest(forks), latestFork(forks)].find((fork) => fork !== null && this.holdsAll(fork));
    return whole ? { fork: whole.guid, by: "only" } : { fork: null, by: null };
  }

  private toldBy(known: KnownIdentity | null): string | null {
    const fork = knownGuid(known?.forkGuid);
    // Also one of which no backup lies here: then all that does is of other timelines.
    if (fork !== null) return fork;
    const database = knownGuid(known?.databaseGuid);
    return (
      this.forks.find(({ databaseGuid }) => database !== null && databaseGuid === database)?.guid ?? null
    );
  }

  /** Whether all forks of the pile are part of this one's history: then there is one timeline. */
  private holdsAll({ guid }: Fork): boolean {
    const history = this.historyOf(guid);
    return this.forks.every((fork) => history.standing(fork.lastLsn, fork.guid) !== "off");
  }
}

function forksOf(
  own: readonly Origin[],
  momentOf: (origin: Origin) => number | null,
  areDistinct: boolean,
): Fork[] {
  const list: Fork[] = [];
  const forks = new Map<string, Fork>();
  for (const origin of own) {
    const { fork: guid, lastLsn, forkPoint: point, databaseGuid } = origin;
    if (guid === null) continue;
    const newestMs = momentOf(origin);
    const fork = areDistinct ? undefined : forks.get(guid);
    if (fork === undefined) {
      const begun = { guid, lastLsn, point, newestMs, databaseGuid };
      list.push(begun);
      if (!areDistinct) forks.set(guid, begun);
      continue;
    }
    if (lastLsn > fork.lastLsn) fork.lastLsn = lastLsn;
    fork.point = lower(fork.point, point);
    if (newestMs !== null && newestMs > (fork.newestMs ?? newestMs)) fork.databaseGuid = databaseGuid;
    fork.newestMs = later(fork.newestMs, newestMs);
  }
  return list;
}

function furthest(forks: readonly Fork[]): Fork | null {
  return highest(forks, ({ lastLsn }) => lastLsn);
}

function latestFork(forks: readonly Fork[]): Fork | null {
  return highest(forks, ({ point }) => point ?? 0n);
}

function highest(forks: readonly Fork[], lsnOf: (fork: Fork) => Lsn): Fork | null {
  return forks.reduce<Fork | null>((best, fork) => {
    if (best === null) return fork;
    const [known, own] = [lsnOf(best), lsnOf(fork)];
    return own > known || (own === known && fork.guid < best.guid) ? fork : best;
  }, null);
}
