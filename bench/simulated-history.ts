import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";

/** What a history is like. */
export const HISTORY_KINDS = ["steady", "bursty", "drifting", "outliers", "short"] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

interface SimulatedRound {
  type: "full" | "differential" | "log";
  bytes: number;
  startedAtMs: number;
  backupSeconds: number;
  uploadSeconds: number;
  importSeconds: number;
}

/** What could be known right before a cutover, and what it then took. */
export interface SimulatedCutover {
  kind: HistoryKind;
  nowMs: number;
  checkMode: CheckMode;
  rounds: SimulatedRound[];
  gapSeconds: number;
  gapBytes: number | null;
  rehearsal: { openSeconds: number; stopWritesSeconds: number } | null;
  actual: { downtimeSeconds: number; logBytes: number };
}

const MB = 1e6;

/** Numbers of a seed, and shapes that times and loads have. */
class Chance {
  constructor(private state: number) {}

  /** Xorshift32, `[0, 1)`. */
  next(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Between, even in orders of magnitude. */
  across(low: number, high: number): number {
    return low * (high / low) ** this.next();
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** A factor around 1. */
  factor(spread: number): number {
    return Math.exp(spread * this.normal());
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }
}

type Noise = "whole" | "rate" | "apart" | "lasting";

/** A service that has a fixed cost and a rate, in one of several ways to be unpunctual. */
class Service {
  private lasting = 0;
  private wander = 0;
  private readonly noise: Noise;
  private readonly spread: number;
  private readonly perRound: number;
  private readonly jumpAt: number;
  private uses = 0;

  constructor(
    private readonly chance: Chance,
    private readonly fixedSeconds: number,
    private readonly bytesPerSecond: number,
    private readonly kind: HistoryKind,
  ) {
    this.noise = chance.pick(["whole", "rate", "apart", "lasting"]);
    this.spread = chance.between(0.03, 0.1);
    this.perRound = kind === "drifting" ? chance.between(-0.03, 0.03) : 0;
    this.jumpAt = kind === "drifting" && chance.next() < 0.25 ? Math.floor(chance.between(3, 15)) : -1;
  }

  /** Seconds for a file; the rate may have drifted since the file before. */
  take(bytes: number, typeFactor = 1): number {
    const { chance, spread } = this;
    this.uses += 1;
    if (this.kind === "drifting") this.wander += this.perRound + 0.02 * chance.normal();
    if (this.uses === this.jumpAt) this.wander += chance.pick([-0.3, 0.3]);
    this.lasting = 0.7 * this.lasting + spread * 0.7 * chance.normal();
    const copy = (bytes / this.bytesPerSecond) * typeFactor * Math.exp(this.wander);
    const slow = this.kind === "outliers" && chance.next() < 0.06 ? chance.between(1.4, 3) : 1;
    switch (this.noise) {
      case "whole":
        return (this.fixedSeconds + copy) * chance.factor(spread) * slow;
      case "rate":
        return this.fixedSeconds + copy * chance.factor(spread * 1.3) * slow;
      case "apart":
        return this.fixedSeconds * chance.factor(2 * spread) + copy * chance.factor(spread) * slow;
      case "lasting":
        return (this.fixedSeconds + copy) * Math.exp(this.lasting) * slow;
    }
  }
}

/** A database that writes log, steadily or in bursts that come and go by themselves. */
class Load {
  private busy = false;
  private readonly usual: number;
  private readonly more: number;

  constructor(
    private readonly chance: Chance,
    private readonly kind: HistoryKind,
  ) {
    this.usual = chance.across(0.02 * MB, 1.5 * MB);
    this.more = chance.between(3, 8);
  }

  /** Bytes of log in so many seconds, ten at a time. */
  write(seconds: number): number {
    const { chance } = this;
    const level = chance.factor(this.kind === "steady" ? 0.06 : 0.12);
    let bytes = 0;
    for (let left = seconds; left > 0; left -= 10) {
      if (this.kind === "bursty") this.busy = this.busy ? chance.next() > 0.04 : chance.next() < 0.008;
      bytes += Math.min(10, left) * this.usual * (this.busy ? this.more : 1) * level;
    }
    return bytes;
  }
}

/** A migration up to the moment of its cutover, and the cutover; the clock is a number. */
export function simulateCutover(seed: number, kind: HistoryKind): SimulatedCutover {
  const chance = new Chance((Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) | 1);
  for (let warm = 0; warm < 20; warm += 1) chance.next();
  const backup = new Service(chance, chance.between(1, 10), chance.across(60 * MB, 400 * MB), kind);
  const upload = new Service(chance, chance.between(1, 8), chance.across(8 * MB, 80 * MB), kind);
  const restore = new Service(chance, chance.between(15, 70), chance.across(8 * MB, 40 * MB), kind);
  // Redo of a log is not the copy of a full.
  const redo = chance.next() < 0.5 ? 1 : chance.between(0.6, 1.6);
  const load = new Load(chance, kind);
  const fullBytes = chance.across(5e9, 1.2e12);
  const checkMode: CheckMode = chance.next() < 0.85 ? "async" : "sync";
  const openSeconds =
    chance.across(20, 75) + (checkMode === "sync" ? fullBytes / chance.across(150 * MB, 400 * MB) : 0);
  const stopSeconds = chance.across(2, 12);
  const rounds: SimulatedRound[] = [];
  let clockMs = Date.UTC(2026, 0, 1) + Math.round(chance.next() * 86_400_000);
  let unsaved = 0;
  const pass = (seconds: number) => {
    unsaved += load.write(seconds);
    clockMs += seconds * 1_000;
  };
  const take = (type: SimulatedRound["type"], bytes: number) => {
    const startedAtMs = Math.round(clockMs);
    if (type === "log") unsaved = 0;
    const backupSeconds = backup.take(bytes);
    pass(backupSeconds);
    const uploadSeconds = upload.take(bytes);
    pass(uploadSeconds);
    const importSeconds = restore.take(bytes, type === "log" ? redo : 1);
    pass(importSeconds);
    rounds.push({ type, bytes: Math.round(bytes), startedAtMs, backupSeconds, uploadSeconds, importSeconds });
  };
  take("full", fullBytes);
  if (chance.next() < 0.25) {
    take("differential", fullBytes * chance.between(0.01, 0.05));
  }
  const logs = Math.floor(kind === "short" ? chance.between(0, 5) : chance.between(5, 25));
  const every = chance.across(300, 3_600);
  for (let log = 0; log < logs; log += 1) {
    const [before] = rounds.slice(-1);
    const since = before ? (clockMs - before.startedAtMs) / 1_000 : 0;
    pass(Math.max(0, every * chance.factor(0.3) - since));
    take("log", 0.2 * MB + unsaved);
  }
  pass(chance.across(30, every));
  const nowMs = Math.round(clockMs);
  const last = rounds.at(-1);
  const gapSeconds = last ? (nowMs - last.startedAtMs) / 1_000 : 0;
  const gapBytes = chance.next() < 0.7 ? Math.round(unsaved * chance.factor(0.02)) : null;
  const rehearsal =
    chance.next() < 0.5
      ? {
          openSeconds: openSeconds * chance.factor(0.06),
          stopWritesSeconds: stopSeconds * chance.factor(0.2),
        }
      : null;
  const stopped = stopSeconds * chance.factor(0.15);
  pass(stopped);
  const logBytes = 0.2 * MB + unsaved;
  const downtimeSeconds =
    stopped +
    backup.take(logBytes) +
    upload.take(logBytes) +
    restore.take(logBytes, redo) +
    openSeconds * chance.factor(0.06);
  return {
    kind,
    nowMs,
    checkMode,
    rounds,
    gapSeconds,
    gapBytes,
    rehearsal,
    actual: { downtimeSeconds, logBytes },
  };
}
