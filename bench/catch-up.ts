import type { MeasuredRound } from "@/lib/forecast/measured-round";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import { UNKNOWN_PACE } from "@/lib/plan/take-ahead";
import { type CaughtUp, playRounds, type ServiceCost, type SimulatedLoad } from "./simulated-rounds";

const MB = 1_000_000;
const GB = 1_000 * MB;
const HOUR = 3_600;

interface CatchUpCase extends Omit<SimulatedLoad, "untilBytes"> {
  name: string;
  /** How much longer this restore takes than the instance took for the one that the forecast knows. */
  restoreFactor: number;
}

export interface CatchUpFigures {
  name: string;
  /** From the end of the full's restore to *ready for cutover*. */
  toReadySeconds: number;
  /** The same when the next file is begun only after the one before it was restored. */
  sequentialSeconds: number;
  ratio: number;
  /** The same of an instance that has restored nothing before: timed by what is usual. */
  ratioUnmeasured: number;
  imports: number;
  sequentialImports: number;
}

/** A disk, a line of 200 Mbit/s, and RDS as its documents have it. */
const BACKUP: ServiceCost = { seconds: 4, bytesPerSecond: 150 * MB };
const UPLOAD: ServiceCost = { seconds: 3, bytesPerSecond: 25 * MB };
const IMPORT: ServiceCost = { seconds: 40, bytesPerSecond: 20 * MB };

const usual = (
  name: string,
  fullBytes: number,
  logBytesPerSecond: number,
  restoreFactor: number,
): CatchUpCase => ({
  name,
  fullBytes,
  logBytesPerSecond,
  full: {},
  backup: BACKUP,
  upload: UPLOAD,
  import: IMPORT,
  restoreFactor,
});

const CASES: readonly CatchUpCase[] = [
  {
    name: "guide",
    // The guide names times, no sizes: what the line carries in an hour, and in ten minutes after 22 hours.
    fullBytes: 90 * GB,
    logBytesPerSecond: (15 * GB) / (22 * HOUR),
    full: { backup: HOUR, upload: HOUR, restore: 19 * HOUR },
    backup: { seconds: 4, bytesPerSecond: (15 * GB) / (20 * 60) },
    upload: UPLOAD,
    import: IMPORT,
    restoreFactor: 1.02,
  },
  usual("100 GB, some load", 100 * GB, 1 * MB, 1.01),
  usual("300 GB, a busy day", 300 * GB, 2 * MB, 0.96),
  usual("1 TB, steady", 1_000 * GB, 1 * MB, 0.98),
  usual("2 TB, heavy", 2_000 * GB, 5 * MB, 1.03),
];

/**
 * How long it takes from the restored full to *ready for cutover*, against the same migration without overlap: both played on a
 * virtual clock by the product's own rules of planning. The forecast knows what the
 * instance took to restore other databases, not what it takes for this one.
 */
export function benchCatchUp(): CatchUpFigures[] {
  return CASES.map(({ name, restoreFactor, ...one }) => {
    const load = { ...one, untilBytes: LAST_LOG_LIMIT_BYTES };
    const pace = { timeFactor: 1, earlierRestores: earlierRestores(load, restoreFactor) };
    const overlapped = playRounds(load, pace, true);
    const unmeasured = playRounds(load, UNKNOWN_PACE, true);
    const sequential = playRounds(load, pace, false);
    const ratioOf = ({ toReadySeconds }: CaughtUp) =>
      Math.round((toReadySeconds / sequential.toReadySeconds) * 1_000) / 1_000;
    return {
      name,
      toReadySeconds: overlapped.toReadySeconds,
      sequentialSeconds: sequential.toReadySeconds,
      ratio: ratioOf(overlapped),
      ratioUnmeasured: ratioOf(unmeasured),
      imports: overlapped.imports,
      sequentialImports: sequential.imports,
    };
  });
}

/** Of databases of half, three quarters and all of the size. */
const EARLIER_SIZES = [0.5, 0.75, 1];

function earlierRestores(load: SimulatedLoad, restoreFactor: number): MeasuredRound[] {
  const { seconds, bytesPerSecond } = load.import;
  const bytesPerRestored = load.full.restore ? load.full.restore / load.fullBytes : 1 / bytesPerSecond;
  return EARLIER_SIZES.map((size, index) => ({
    type: "full",
    bytes: load.fullBytes * size,
    startedAtMs: index,
    backupSeconds: null,
    uploadSeconds: null,
    importSeconds: (seconds + load.fullBytes * size * bytesPerRestored) / restoreFactor,
  }));
}
