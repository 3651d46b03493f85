import type { BackupKind } from "@/lib/backup/backup-kind";
import { seededDice } from "./dice";
import { drawCost } from "./learned-cost";
import type { MeasuredRound } from "./measured-round";
import { LOOSENESS } from "./priors";
import { quantileOf } from "./quantiles";
import { knowledgeOf } from "./round-knowledge";

/** What the next file is timed by. Instants are milliseconds since 1970. */
export interface NextFileFacts {
  /** Of the next file. */
  backup: BackupKind;
  /** What RDS is at: nothing else goes in before it is restored. */
  importing: { type: BackupKind; bytes: number; sinceMs: number };
  /** From when on the next file holds what was written: where the file before it of its kind began. */
  heldUntilMs: number;
  /** Of this migration, in the order in which they were taken. What RDS is at may be among them, its import not measured. */
  rounds: readonly MeasuredRound[];
  /** Restores of fulls that the same instance did for other migrations, the oldest first. */
  earlierRestores: readonly MeasuredRound[];
  /** How many times faster than real ones the services run; 1 but in the sandbox. */
  timeFactor: number;
}

const DRAWS = 200;
/** Older rounds say little of the next, and each costs time whenever a round is planned. */
const NEWEST = 12;
/**
 * A file that comes too late leaves the lane of imports empty for as long; one that comes too early only lacks what was written
 * since, which the file after it brings while this one is restored. So rather early than late.
 */
const LATE_ONCE_IN = 4;

export interface NextFileTiming {
  /** When to begin its backup. Never earlier than RDS began; an instant that is past means now. */
  takeAtMs: number;
  /** When RDS will have restored what it is at, as likely passed as not. */
  laneFreeAtMs: number;
}

/**
 * When to begin the next backup so that it lies in OSS when RDS has restored what it is at: as late as that, so that it
 * holds as much as it can and no import is spent on little.
 * The same facts give the same instants, however often they are asked for.
 */
export function timeNextFile(facts: NextFileFacts): NextFileTiming {
  const { importing, backup, heldUntilMs, earlierRestores, timeFactor } = facts;
  // A full is copied and a log is redone: what one takes says little of the other.
  const isAlike = (type: BackupKind) => (type === "full") === (importing.type === "full");
  const rounds = [...earlierRestores, ...facts.rounds].map((round) =>
    isAlike(round.type) ? round : { ...round, importSeconds: null },
  );
  const known = knowledgeOf(rounds.slice(-NEWEST), timeFactor);
  const dice = seededDice(7);
  // Of a full that nobody measured, what is usual of logs says less.
  const seen = rounds.some(({ importSeconds }) => importSeconds !== null);
  const looseness = seen ? 0 : Math.sqrt(LOOSENESS.import[importing.type]);
  const full = facts.rounds.findLast(({ type }) => type === "full");
  const draws = Array.from({ length: DRAWS }, () => {
    const restore = drawCost(known.import, importing.bytes, dice) * Math.exp(looseness * dice.normal());
    const endMs = importing.sinceMs + restore * 1_000;
    const grown = drawCost(known.growth, Math.max(1, (endMs - heldUntilMs) / 1_000), dice);
    // A differential holds each page once, however often it was written.
    const bytes = backup === "differential" && full ? Math.min(grown, full.bytes) : grown;
    const prepare = drawCost(known.backup, bytes, dice) + drawCost(known.upload, bytes, dice);
    return { endMs, beginMs: Math.max(importing.sinceMs, endMs - prepare * 1_000) };
  });
  const quantile = (values: number[], share: number) => Math.round(quantileOf(values, share));
  return {
    takeAtMs: quantile(
      draws.map(({ beginMs }) => beginMs),
      1 / LATE_ONCE_IN,
    ),
    laneFreeAtMs: quantile(
      draws.map(({ endMs }) => endMs),
      0.5,
    ),
  };
}
