import { type Dice, seededDice } from "./dice";
import { drawCost } from "./learned-cost";
import type { MeasuredRound, Range } from "./measured-round";
import { rangeOf } from "./quantiles";
import { knowledgeOf, type RoundKnowledge } from "./round-knowledge";

/** Why a differential is worth its file: logs that wait take more imports than are left, more time, or only more imports. */
export const DIFFERENTIAL_REASONS = ["budget", "time", "imports"] as const;
export type DifferentialReason = (typeof DIFFERENTIAL_REASONS)[number];

/** A log that is there and that RDS has not been asked to import. */
export interface WaitingLog {
  bytes: number;
  needsUpload: boolean;
}

/** Instants are milliseconds since 1970. */
export interface DifferentialFacts {
  nowMs: number;
  /** Logs that follow one another onto the target, in their order. */
  waiting: readonly WaitingLog[];
  /** Files that went all the way, oldest first. */
  rounds: readonly MeasuredRound[];
  /** Imports of the day that are left. */
  importsLeft: number;
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor: number;
}

export interface DifferentialProposal {
  why: DifferentialReason;
  /** So many logs need not go in, if it is taken before the next log. */
  replaces: number;
  waitingBytes: number;
  /** It is not larger than this: all log that was written since the full, or the full itself. */
  atMostBytes: number;
  imports: { logs: number; differential: number; left: number };
  /** Until the last of them is restored. */
  seconds: { logs: Range; differential: Range };
}

const DRAWS = 200;
const NEWEST = 12;
/** What a cutover takes of the day's imports, by the condition that it waits for. */
const OF_A_CUTOVER = 2;
/** A forecast that is off by less says nothing of which is faster. */
const CLEARLY_FASTER = 0.8;
/** Fewer are not worth a backup of a database that is at work. */
const WORTH_IMPORTS = 3;

/**
 * Whether a differential taken now would spare the target imports or time against the logs that wait, and what both would
 * cost. It holds every page that was changed since the full, so what it replaces is all logs that ended before it; of its size only
 * the most is known, and with that it is judged. Null: the logs are as good, or a single one waits: a differential shortens no
 * log that is still to be taken, which begins where the log before it ended.
 * The same facts give the same answer.
 */
export function weighDifferential(facts: DifferentialFacts): DifferentialProposal | null {
  const { waiting, rounds, importsLeft, timeFactor } = facts;
  const full = rounds.findLast(({ type }) => type === "full");
  if (waiting.length < 2 || full === undefined) return null;
  const known = knowledgeOf(rounds.slice(-NEWEST), timeFactor);
  const waitingBytes = waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  const imported = rounds
    .filter(({ type, startedAtMs }) => type === "log" && startedAtMs >= full.startedAtMs)
    .reduce((sum, { bytes }) => sum + bytes, 0);
  const atMostBytes = Math.min(full.bytes, imported + waitingBytes);
  const dice = seededDice(11);
  const draws = Array.from({ length: DRAWS }, () => ({
    logs: drawLogs(known, waiting, dice),
    differential:
      drawCost(known.backup, atMostBytes, dice) +
      drawCost(known.upload, atMostBytes, dice) +
      drawCost(known.import, atMostBytes, dice),
  }));
  const seconds = {
    logs: rangeOf(draws.map(({ logs }) => logs)),
    differential: rangeOf(draws.map(({ differential }) => differential)),
  };
  const why = reasonOf(waiting.length, importsLeft, seconds);
  if (why === null) return null;
  return {
    why,
    replaces: waiting.length,
    waitingBytes,
    atMostBytes,
    imports: { logs: waiting.length, differential: 1, left: importsLeft },
    seconds,
  };
}

function reasonOf(
  logs: number,
  left: number,
  { logs: byLogs, differential }: DifferentialProposal["seconds"],
): DifferentialReason | null {
  if (logs + OF_A_CUTOVER > left && 1 + OF_A_CUTOVER <= left) return "budget";
  if (differential.p50 <= byLogs.p50 * CLEARLY_FASTER) return "time";
  return logs > WORTH_IMPORTS && differential.p50 <= byLogs.p50 ? "imports" : null;
}

/** Seconds until all are restored: while one is, the next is sent. */
function drawLogs(known: RoundKnowledge, logs: readonly WaitingLog[], dice: Dice): number {
  let sent = 0;
  let restored = 0;
  for (const { bytes, needsUpload } of logs) {
    sent += needsUpload ? drawCost(known.upload, bytes, dice) : 0;
    restored = Math.max(restored, sent) + drawCost(known.import, bytes, dice);
  }
  return restored;
}
