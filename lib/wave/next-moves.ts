import { RESERVED_IMPORTS } from "@/lib/migration/rds-limits";
import type { Beside } from "./beside";
import { isOver, type MemberStage } from "./member-stage";
import type { WaveRules } from "./wave-rules";

/** What of a member decides when it begins. */
export interface WaveMember extends Beside {
  id: string;
  place: number;
  /** Milliseconds since 1970: it was refused, and is not asked again before; null: it may be asked. */
  notBeforeMs: number | null;
}

/** Why a member that could begin does not. Texts `wave.wait.*`. */
export const MEMBER_WAITS = [
  "paused",
  "after_wave",
  "source_busy",
  "uploads_ahead",
  "instance_busy",
  "space",
  "imports_kept",
  "asked_lately",
] as const;
export type MemberWait = (typeof MEMBER_WAITS)[number];

export interface NextMoves {
  /** Members that start now. */
  start: string[];
  /** Those whose first backup is handed to RDS now. */
  restore: string[];
  /** Of the others that wait, why. */
  waits: ReadonlyMap<string, MemberWait>;
  /** Of those that wait for space: bytes that are free there beside what the members before them still take. */
  room: ReadonlyMap<string, number>;
}

export interface MovesAt {
  nowMs: number;
  /** Why nothing begins, whatever there is room for: a person paused it, or it is to follow another wave; null: nothing of this. */
  hold: "paused" | "after_wave" | null;
  /** Imports that an instance still takes today. */
  importsLeft: (instanceId: string) => number;
  /** Bytes, as the instance said last; null: nobody knows, and nothing waits for it. */
  freeBytes: (instanceId: string) => number | null;
  /** Others on the same servers and instances: they take places, imports and space as members do, and nothing is said to them. */
  beside: readonly Beside[];
}

/** Imports that a member needs to come to its end: the full, a round, the last log, and one for what goes wrong. */
const LEAST_TO_BEGIN = 4;

/**
 * Which members begin, and which first backups go to RDS: as many at once as the rules say, by source server and by instance. What
 * stopped holds no place; what waits for a person takes none from others. Uploads run ahead of an instance by one load of restores:
 * a chain that waits longer only grows. Where the imports that an instance still takes today are few, those under way come
 * first. What is under way beside the wave counts as its members do. A database that would not fit beside those that have begun waits, and smaller ones pass it; restored, it takes the size that it has at
 * the source. Pure, and the same for the engine and for a forecast.
 */
export function nextMoves(members: readonly WaveMember[], rules: WaveRules, at: MovesAt): NextMoves {
  const queue = members.toSorted(byOrder(rules.order));
  const start: string[] = [];
  const restore: string[] = [];
  const waits = new Map<string, MemberWait>();
  const room = new Map<string, number>();
  const all = [...members, ...at.beside];
  const counts = new Counts(all);
  const handed = new Promised(all, (stage) => stage !== "uploaded" && isBegun(stage));
  const fits = (of: Promised, { id, instanceId, bytes }: WaveMember): boolean => {
    const free = instanceId === null ? null : at.freeBytes(instanceId);
    if (free === null || bytes === null) return true;
    const left = Math.max(0, free - of.on(instanceId));
    if (left > bytes) return true;
    room.set(id, left);
    return false;
  };
  for (const member of queue.filter(({ stage }) => stage === "uploaded")) {
    const { id, instanceId, bytes } = member;
    if (at.hold !== null) waits.set(id, at.hold);
    else if (counts.of("restoring", instanceId) >= rules.restoresAtOnce) waits.set(id, "instance_busy");
    else if (!fits(handed, member)) {
      waits.set(id, "space");
      // It may wait for long, and uploads of others do not for that.
      counts.move("stopped", "uploaded", instanceId);
    } else {
      restore.push(id);
      counts.move("restoring", "uploaded", instanceId);
      handed.add(instanceId, bytes);
    }
  }
  const begun = new Promised(all, isBegun);
  for (const member of queue.filter(({ stage }) => stage === "waiting")) {
    const { id, sourceId, instanceId, bytes, notBeforeMs } = member;
    const why = whyNotNow();
    if (why !== null) {
      waits.set(id, why);
      continue;
    }
    start.push(id);
    counts.begin(sourceId, instanceId);
    begun.add(instanceId, bytes);

    function whyNotNow(): MemberWait | null {
      if (at.hold !== null) return at.hold;
      if (notBeforeMs !== null && at.nowMs < notBeforeMs) return "asked_lately";
      if (sourceId !== null && counts.preparing(sourceId) >= rules.sourcesAtOnce) return "source_busy";
      if (counts.of("uploaded", instanceId) >= rules.restoresAtOnce) return "uploads_ahead";
      if (!fits(begun, member)) return "space";
      const left = instanceId === null ? Number.POSITIVE_INFINITY : at.importsLeft(instanceId);
      const kept = counts.open(instanceId) * RESERVED_IMPORTS;
      return left - kept < LEAST_TO_BEGIN ? "imports_kept" : null;
    }
  }
  return { start, restore, waits, room };
}

/** How members that begin are sorted: the largest decides when the last is online. One of unknown size may be that one. */
export function byOrder(order: WaveRules["order"]): (a: WaveMember, b: WaveMember) => number {
  const size = ({ bytes }: WaveMember) => bytes ?? Number.MAX_VALUE;
  return (a, b) => (order === "largest_first" ? size(b) - size(a) : 0) || byPlace(a, b);
}

/** By place; two that have the same are sorted in one way for the engine and for every page. */
export function byPlace(a: { place: number; id: string }, b: { place: number; id: string }): number {
  return a.place - b.place || (a.id < b.id ? -1 : a.id === b.id ? 0 : 1);
}

/** It goes on to take what its database takes, or has taken it. */
function isBegun(stage: MemberStage): boolean {
  return stage !== "waiting" && stage !== "left_out" && stage !== "stopped";
}

/** Bytes that databases still take on each instance beside what it says is used. One of unknown size is not counted. */
class Promised {
  private readonly bytes = new Map<string | null, number>();

  constructor(all: readonly Beside[], counted: (stage: MemberStage) => boolean) {
    for (const { stage, instanceId, bytes, onDisk } of all)
      if (!onDisk && counted(stage)) this.add(instanceId, bytes);
  }

  on(instanceId: string | null): number {
    return this.bytes.get(instanceId) ?? 0;
  }

  add(instanceId: string | null, bytes: number | null): void {
    add(this.bytes, instanceId, bytes ?? 0);
  }
}

/** How many stand where, by source server and by instance. */
class Counts {
  private readonly bySource = new Map<string, number>();
  private readonly byStage = new Map<string, number>();
  private readonly openOn = new Map<string | null, number>();

  constructor(all: readonly Beside[]) {
    for (const { stage, sourceId, instanceId } of all) {
      if (stage === "waiting" || isOver(stage)) continue;
      if (stage === "preparing" && sourceId !== null) add(this.bySource, sourceId, 1);
      add(this.byStage, key(stage, instanceId), 1);
      add(this.openOn, instanceId, 1);
    }
  }

  preparing(sourceId: string): number {
    return this.bySource.get(sourceId) ?? 0;
  }

  of(stage: MemberStage, instanceId: string | null): number {
    return this.byStage.get(key(stage, instanceId)) ?? 0;
  }

  /** Those that may still need imports there. */
  open(instanceId: string | null): number {
    return this.openOn.get(instanceId) ?? 0;
  }

  move(to: MemberStage, from: MemberStage, instanceId: string | null): void {
    add(this.byStage, key(from, instanceId), -1);
    add(this.byStage, key(to, instanceId), 1);
  }

  begin(sourceId: string | null, instanceId: string | null): void {
    if (sourceId !== null) add(this.bySource, sourceId, 1);
    add(this.openOn, instanceId, 1);
  }
}

const key = (stage: MemberStage, instanceId: string | null): string => `${stage} ${instanceId ?? ""}`;

function add<Key>(counts: Map<Key, number>, at: Key, by: number): void {
  counts.set(at, (counts.get(at) ?? 0) + by);
}
