import { seededDice } from "./dice";
import { drawCost } from "./learned-cost";
import type { ForecastInput, Range } from "./measured-round";
import { drawSpan, openPrior, STOP_WRITES_PRIOR, spanOf } from "./priors";
import { rangeOf } from "./quantiles";
import { knowledgeOf } from "./round-knowledge";

/** What a cutover is made of, in its order. */
export const DOWNTIME_PARTS = ["stop", "backup", "upload", "import", "open"] as const;
export type DowntimePart = (typeof DOWNTIME_PARTS)[number];

/** How far a cutover is. */
export interface DowntimeProgress {
  /** Parts that are over, or that this cutover has none of. */
  done: ReadonlySet<DowntimePart>;
  /** The part that is under way, and for how long; null: between two. */
  current: { part: DowntimePart; seconds: number } | null;
  /** Size of the last file; null: it is not there yet, and as much as was written since the newest backup is expected. */
  bytes: number | null;
}

const DRAWS = 400;
const NEWEST = 30;

/**
 * Seconds until the database is online, of a cutover that is under way: what its parts are forecast to take, less what the one
 * at work has had. One that has taken longer than it should is expected to end now: only the deadline itself says more.
 */
export function forecastRest(input: ForecastInput, progress: DowntimeProgress): Range {
  const { rehearsal, timeFactor = 1 } = input;
  const known = knowledgeOf(input.rounds.slice(-NEWEST), timeFactor);
  const full = input.rounds.findLast(({ type }) => type === "full");
  const stop = spanOf(rehearsal?.stopWritesSeconds, STOP_WRITES_PRIOR, timeFactor);
  const open = spanOf(rehearsal?.openSeconds, openPrior(input.checkMode, full?.bytes ?? 0), timeFactor);
  const dice = seededDice(1);
  const draws = Array.from({ length: DRAWS }, () => {
    const bytes =
      progress.bytes ?? input.gapBytes ?? drawCost(known.growth, Math.max(1, input.gapSeconds ?? 0), dice);
    const drawn: Record<DowntimePart, number> = {
      stop: drawSpan(stop, dice),
      backup: drawCost(known.backup, bytes, dice),
      upload: drawCost(known.upload, bytes, dice),
      import: drawCost(known.import, bytes, dice),
      open: drawSpan(open, dice),
    };
    return DOWNTIME_PARTS.reduce((sum, part) => sum + restOf(part, drawn[part], progress), 0);
  });
  return rangeOf(draws);
}

function restOf(part: DowntimePart, seconds: number, { done, current }: DowntimeProgress): number {
  if (done.has(part)) return 0;
  return current?.part === part ? Math.max(0, seconds - current.seconds) : seconds;
}
