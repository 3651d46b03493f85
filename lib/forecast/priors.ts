import type { BackupKind } from "@/lib/backup/backup-kind";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import type { CostPrior } from "./cost-curve";
import type { Dice } from "./dice";

export type TransferPart = "backup" | "upload" | "import";

const MB = 1_000_000;
const cost = (seconds: number, bytesPerSecond: number, spreads: [number, number]): CostPrior => ({
  fixed: Math.log(seconds),
  fixedSpread: spreads[0],
  slope: -Math.log(bytesPerSecond),
  slopeSpread: spreads[1],
  noise: 0.1,
});

/**
 * Before anything was measured. RDS restores at up to 20 MB/s by its documents and asks a task's overhead of every
 * file; a line of 200 Mbit/s; a disk that is read at 150 MB/s.
 */
export const PART_PRIORS: Readonly<Record<TransferPart, CostPrior>> = {
  backup: cost(4, 150 * MB, [1, 0.8]),
  upload: cost(3, 25 * MB, [1, 1]),
  import: cost(40, 20 * MB, [0.8, 0.8]),
};

/** Log bytes by seconds since the log backup before: an empty log has its header, a busy database writes 0.2 MB/s. */
export const LOG_GROWTH_PRIOR: CostPrior = {
  fixed: Math.log(0.3 * MB),
  fixedSpread: 1.5,
  slope: Math.log(0.2 * MB),
  slopeSpread: 1.5,
  noise: 0.25,
};

/** How unlike a log's another kind of file may go, as a variance: a full is copied, a log is redone. */
export const LOOSENESS: Readonly<Record<TransferPart, Readonly<Record<BackupKind, number>>>> = {
  backup: { full: 0.2 ** 2, differential: 0.1 ** 2, log: 0 },
  upload: { full: 0.12 ** 2, differential: 0.08 ** 2, log: 0 },
  import: { full: 0.35 ** 2, differential: 0.2 ** 2, log: 0 },
};

export interface SpanPrior {
  seconds: number;
  spread: number;
}

/** The same of services that run faster: a cost in seconds shrinks. */
export function hasten(prior: CostPrior, timeFactor: number): CostPrior {
  const shift = Math.log(timeFactor);
  return { ...prior, fixed: prior.fixed - shift, slope: prior.slope - shift };
}

/** One possible length of it, in seconds. */
export function drawSpan({ seconds, spread }: SpanPrior, dice: Dice): number {
  return seconds * Math.exp(spread * dice.normal());
}

/** Every question to source, bucket and instance, asked again. */
export const PREFLIGHT_PRIOR: SpanPrior = { seconds: 30, spread: 0.5 };

/** From the order to stop writes to a source that nobody writes to. */
export const STOP_WRITES_PRIOR: SpanPrior = { seconds: 5, spread: 0.7 };

/** RDS says "within a minute"; with the check before it the whole database is read first. */
export function openPrior(checkMode: CheckMode, databaseBytes: number): SpanPrior {
  const seconds = 45;
  if (checkMode === "async") return { seconds, spread: 0.36 };
  return { seconds: seconds + databaseBytes / (200 * MB), spread: 0.8 };
}

/** What was met once comes again within this, in logarithms. */
export const REPEATED_SPREAD = 0.1;

/** The log of another day and hour, in logarithms. */
export const MEASURED_GROWTH_SPREAD = 0.3;

/** How long it may take: as it did, where it was measured, else as is believed of services that run `timeFactor` times faster. */
export function spanOf(measured: number | undefined, prior: SpanPrior, timeFactor: number): SpanPrior {
  if (measured === undefined) return { ...prior, seconds: prior.seconds / timeFactor };
  return { seconds: measured, spread: REPEATED_SPREAD };
}
