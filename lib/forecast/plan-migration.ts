import type { MigrationMethod } from "@/lib/migration/vocabulary/method";
import { seededDice } from "./dice";
import type { Range } from "./measured-round";
import { drawPlans, RATE_OF } from "./plan-draw";
import { PLAN_PARTS, type PlanBasis, type PlanInput, type PlanPart } from "./plan-input";
import { rangeOf } from "./quantiles";
import { knowledgeOf } from "./round-knowledge";

export interface PlannedPart {
  part: PlanPart;
  startMs: Range;
  endMs: Range;
  /** Of this part alone. */
  seconds: Range;
  /** Null where nothing is moved, or the size is not known beforehand. */
  bytes: Range | null;
  /** The database can be written nowhere meanwhile. */
  downtime: boolean;
  basis: PlanBasis;
}

export interface MigrationPlan {
  parts: PlannedPart[];
  /** When writes stop; where nobody stops them, when the full begins, which holds nothing of what is written from then on. */
  cutoverMs: Range;
  onlineMs: Range;
  /** From then to the database online: a downtime, or how long what is written is lost. */
  downtimeSeconds: Range;
  /** Nobody stops writes: no downtime, and nothing that is written meanwhile reaches the target. */
  losesWrites: boolean;
  /** Files that RDS is asked to import. */
  imports: Range;
  /** False: in more than one case of ten the log never gets under the limit within `MOST_ROUNDS`. */
  getsUnderLimit: boolean;
}

const DRAWS = 400;
/** What begins with the stop of writes; where that was nobody's step, with the last log. */
const STOPS: readonly PlanPart[] = ["stop_writes", "last_log", "open"];
const LOST_FROM: readonly PlanPart[] = ["full_backup", "restore"];

/**
 * When each part of a migration begins and ends, before any of it has run or from where it stands: the same models as the
 * forecast of a cutover, from what was measured, is believed beforehand or typed in. A part begins when the one before it
 * has ended, so the whiskers of later parts carry the delays of earlier ones. The same input gives the same plan.
 */
export function planMigration(input: PlanInput): MigrationPlan {
  const known = knowledgeOf(input.rounds ?? [], input.timeFactor ?? 1);
  const drawn = drawPlans(input, known, seededDice(5), DRAWS);
  const losesWrites = input.method === "immediate" && input.writesStop === false;
  const parts = PLAN_PARTS.flatMap((part): PlannedPart[] => {
    const columns = drawn.parts.get(part);
    if (columns === undefined) return [];
    const { startMs, endMs, bytes } = columns;
    return [
      {
        part,
        startMs: rangeOf(startMs),
        endMs: rangeOf(endMs),
        seconds: rangeOf(secondsBetween(startMs, endMs)),
        bytes: bytes && rangeOf(bytes),
        downtime: !losesWrites && isDowntime(input.method, part),
        basis: basisOf(input, part),
      },
    ];
  });
  // With Immediate Access writes stop before the full backup.
  parts.sort((one, other) => one.startMs.p50 - other.startMs.p50);
  const stopping = (losesWrites ? LOST_FROM : STOPS).find((part) => drawn.parts.has(part));
  const stops = (stopping && drawn.parts.get(stopping)?.startMs) ?? drawn.onlineMs;
  return {
    parts,
    cutoverMs: rangeOf(stops),
    onlineMs: rangeOf(drawn.onlineMs),
    downtimeSeconds: rangeOf(secondsBetween(stops, drawn.onlineMs)),
    losesWrites,
    imports: rangeOf(drawn.imports),
    getsUnderLimit: drawn.overLimit <= DRAWS / 10,
  };
}

function secondsBetween(startMs: Float64Array, endMs: Float64Array): Float64Array {
  return startMs.map((start, row) => ((endMs[row] ?? start) - start) / 1_000);
}

/**
 * When to start so that writes stop at `cutoverMs`: `likely` meets it five times of ten, `safe` nine times. A part that
 * does not begin before an instant can make both the same; a start that is past is for the caller to see.
 */
export function startForCutover(input: PlanInput, cutoverMs: number): { likely: number; safe: number } {
  const { cutoverMs: at } = planMigration({ ...input, notBeforeMs: {} });
  return { likely: cutoverMs - (at.p50 - input.startMs), safe: cutoverMs - (at.p90 - input.startMs) };
}

function isDowntime(method: MigrationMethod, part: PlanPart): boolean {
  if (part === "preflight" || part === "check") return false;
  return method === "immediate" || part === "stop_writes" || part === "last_log" || part === "open";
}

function basisOf(
  { rates, measured = {}, rounds = [], openSeconds, seconds }: PlanInput,
  part: PlanPart,
): PlanBasis {
  const rate = RATE_OF[part] ?? (part === "rounds" || part === "last_log" ? "log_growth" : undefined);
  if (seconds[part] !== undefined || (rate !== undefined && rates[rate] !== undefined)) return "typed";
  const isMeasured =
    part === "open"
      ? openSeconds !== undefined
      : rate !== undefined && (rounds.length > 0 || measured[rate] !== undefined);
  return isMeasured ? "measured" : "prior";
}
