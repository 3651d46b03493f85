import type { BackupSet } from "@/lib/backup/header";
import { fromHeaderJson } from "@/lib/backup/header-json";

/** Numbers that a seed decides: `below(n)` is an integer in `[0, n)`. */
export class Dice {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit) | 0;
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }
}

interface Instant {
  lsn: bigint;
  fork: string;
  /** Where the next log backup begins; null while there is no log chain. */
  logFrom: bigint | null;
  base: { guid: string; lsn: bigint } | null;
  lastFullLsn: bigint | null;
  /** Recovery forks since the last log backup. */
  crossed: { from: string; at: bigint } | null;
  forkedAt: bigint | null;
}

/**
 * A database on SQL Server as far as its backups show it: it works, takes backups of every kind, changes its recovery
 * model, and is at times restored to an earlier moment, from where it goes on on a fork of its own. What it writes into
 * headers is what RESTORE HEADERONLY would print. Knows nothing of how a restore is planned.
 */
export class RandomSource {
  readonly taken: BackupSet[] = [];
  private readonly family: string;
  private now: Instant;
  private readonly past: Instant[] = [];
  private minutes = 0;
  private guids = 0;

  constructor(
    private readonly dice: Dice,
    private readonly name: string,
    private readonly id: string,
  ) {
    this.family = this.guid("FA");
    // High LSNs differ in digits that a double does not hold.
    const vlf = BigInt(dice.pick([1, 40, 3_000_000]) ?? 1);
    this.now = {
      lsn: vlf * 10n ** 15n + BigInt(1 + dice.below(50)),
      fork: this.family,
      logFrom: null,
      base: null,
      lastFullLsn: null,
      crossed: null,
      forkedAt: null,
    };
  }

  /** One thing that happens to a database, most often a log backup. */
  step(): void {
    const { dice } = this;
    if (this.now.lastFullLsn === null) {
      this.takeFull(dice.oneIn(6));
      return;
    }
    this.work();
    const roll = dice.below(100);
    if (roll < 48) this.takeLog(dice.oneIn(8));
    else if (roll < 66) this.takeDifferential();
    else if (roll < 78) this.takeFull(dice.oneIn(4));
    else if (roll < 84) this.takePart();
    else if (roll < 90) this.breakLogChain();
    else this.revert();
  }

  private work(): void {
    if (!this.dice.oneIn(5)) this.now.lsn += BigInt(1 + this.dice.below(30));
  }

  private takeFull(copyOnly: boolean): void {
    const { dice, now } = this;
    const first = now.lsn - BigInt(dice.below(4));
    const checkpoint = now.lsn;
    const previous = now.lastFullLsn;
    now.lsn += BigInt(1 + dice.below(6));
    // The log goes on being backed up while a full is taken.
    if (dice.oneIn(4)) this.takeLog(false);
    now.lsn += BigInt(1 + dice.below(6));
    const backupSetGuid = this.guid("5E");
    this.write({
      type: "full",
      firstLsn: first,
      lastLsn: now.lsn,
      checkpointLsn: checkpoint,
      databaseBackupLsn: previous ?? 0n,
      baseBackupSetGuid: now.base?.guid,
      backupSetGuid,
      copyOnly,
    });
    now.logFrom ??= first;
    if (copyOnly) {
      now.lastFullLsn ??= 0n;
      return;
    }
    now.lastFullLsn = checkpoint;
    now.base = { guid: backupSetGuid, lsn: checkpoint };
  }

  private takeDifferential(): void {
    const { dice, now } = this;
    if (now.base === null) return;
    const first = now.lsn;
    now.lsn += BigInt(1 + dice.below(5));
    // Some readers of headers have the GUID of the base, some only its LSN.
    const byGuid = !dice.oneIn(6);
    this.write({
      type: "differential",
      firstLsn: first,
      lastLsn: now.lsn,
      checkpointLsn: first,
      databaseBackupLsn: now.base.lsn,
      differentialBaseLsn: now.base.lsn,
      differentialBaseGuid: byGuid ? now.base.guid : undefined,
    });
    now.logFrom ??= first;
  }

  private takeLog(copyOnly: boolean): void {
    const { now } = this;
    if (now.logFrom === null) return;
    this.write({
      type: "log",
      firstLsn: now.logFrom,
      lastLsn: now.lsn,
      checkpointLsn: now.lastFullLsn ?? 0n,
      databaseBackupLsn: now.lastFullLsn ?? 0n,
      baseBackupSetGuid: now.base?.guid,
      firstRecoveryForkGuid: now.crossed?.from ?? now.fork,
      forkPointLsn: now.crossed?.at,
      copyOnly,
      tail: this.dice.oneIn(10),
    });
    if (copyOnly) return;
    now.logFrom = now.lsn;
    now.crossed = null;
  }

  private takePart(): void {
    const { dice, now } = this;
    const first = now.lsn;
    now.lsn += BigInt(1 + dice.below(3));
    const type = dice.pick(["file", "partial", "file_differential"]) ?? "file";
    this.write({ type, firstLsn: first, lastLsn: now.lsn, checkpointLsn: first });
  }

  /** To the simple recovery model and back: no log backup until a data backup begins a new log chain. */
  private breakLogChain(): void {
    this.now.logFrom = null;
    this.now.crossed = null;
    this.now.lsn += BigInt(this.dice.below(9));
  }

  /** Restored to an earlier moment, the database goes on from there on a new recovery fork. */
  private revert(): void {
    const { dice } = this;
    const earlier = dice.pick(this.past);
    if (earlier === undefined) return;
    const fork = this.guid("F0");
    const from = earlier.crossed?.from ?? earlier.fork;
    // A log that would cross two forks is not written by this source: its log chain begins anew.
    const twice = earlier.crossed !== null;
    this.now = {
      ...earlier,
      fork,
      forkedAt: earlier.lsn,
      logFrom: twice ? null : earlier.logFrom,
      crossed: twice || earlier.logFrom === null ? null : { from, at: earlier.lsn },
    };
    // The first thing recovery does is to write.
    this.now.lsn += 1n;
  }

  private write(fields: Record<string, unknown>): void {
    this.minutes += 1 + this.dice.below(30);
    const finished = new Date(Date.UTC(2024, 0, 1) + this.minutes * 60_000).toISOString().slice(0, 19);
    const { fork, forkedAt } = this.now;
    this.taken.push(
      fromHeaderJson({
        databaseName: this.name,
        familyGuid: this.family,
        backupSetGuid: this.guid("5E"),
        mediaSetGuid: this.guid("3D"),
        firstRecoveryForkGuid: fork,
        lastRecoveryForkGuid: fork,
        startedAt: finished,
        finishedAt: finished,
        // A header in a file says where its fork began, RESTORE HEADERONLY does not.
        ...(forkedAt !== null && fields.type !== "log" && this.dice.oneIn(2)
          ? { forkPointLsn: digits(forkedAt) }
          : {}),
        ...Object.fromEntries(
          Object.entries(fields)
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [key, typeof value === "bigint" ? digits(value) : value]),
        ),
      }),
    );
    this.past.push({ ...this.now });
  }

  private guid(kind: string): string {
    this.guids += 1;
    return `${kind}${this.id.padStart(6, "0")}-0000-4000-8000-${String(this.guids).padStart(12, "0")}`;
  }
}

function digits(lsn: bigint): string {
  return lsn.toString();
}
