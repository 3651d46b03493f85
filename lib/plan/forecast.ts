import type { ForecastView } from "@/lib/contracts/forecast";
import { forecastDowntime, NEWEST_ROUNDS } from "@/lib/forecast/forecast-downtime";
import { type MeasuredRound, mapRange } from "@/lib/forecast/measured-round";
import { isFullImported, type MigrationSnapshot } from "@/lib/migration/snapshot";
import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import { measuredRounds } from "./measured-rounds";

interface ForecastFacts {
  nowMs: number;
  /** Age of the newest data that the target holds; null: as old as the newest backup, then. */
  gapSeconds: number | null;
  checkMode: CheckMode;
  /** How many times faster than real ones the services run. */
  timeFactor: number;
}

/** What a forecast is made from, however long the migration: its size does not grow with the rounds. */
export interface ForecastGround {
  /** Above this the last log is not small. */
  limitBytes: number;
  /** The newest, in their order, and before them the full where it is older. */
  rounds: MeasuredRound[];
  /** Of all rounds. */
  counted: { files: number; logs: number };
  /** What a rehearsal on that instance showed. */
  rehearsal: { openSeconds: number } | null;
}

/**
 * What a cutover of this migration would take now. Null before the full is imported, once the cutover has begun (its
 * request keeps what was forecast then), and where there is none.
 */
export function forecastOf(migration: MigrationSnapshot, facts: ForecastFacts): ForecastView | null {
  const ground = forecastGround(migration);
  return ground && forecastFrom(ground, facts);
}

/** Null where `forecastOf` is. */
export function forecastGround(migration: MigrationSnapshot): ForecastGround | null {
  const { status, phase, cutover, method, schedule } = migration;
  if (cutover !== null || method !== "access_pending" || !isFullImported(migration.files)) return null;
  if (status === "cancelled" || phase === "online") return null;
  const all = measuredRounds(migration);
  const newest = all.slice(-NEWEST_ROUNDS);
  const full = all.findLast(({ type }) => type === "full");
  return {
    limitBytes: schedule.mode === "back_to_back" ? schedule.untilBytes : migration.lastLogLimitBytes,
    rounds: full && !newest.includes(full) ? [full, ...newest] : newest,
    counted: { files: all.length, logs: all.filter(({ type }) => type === "log").length },
    rehearsal: migration.rehearsed,
  };
}

/** The forecast of what is kept, at an instant. */
export function forecastFrom(
  { limitBytes, rounds, counted, rehearsal }: ForecastGround,
  facts: ForecastFacts,
): ForecastView {
  const newest = rounds.at(-1);
  const { downtimeSeconds, nextLogBytes, readyAtMs, basis } = forecastDowntime({
    ...facts,
    limitBytes,
    rounds,
    counted,
    gapSeconds: facts.gapSeconds ?? (newest ? Math.max(0, (facts.nowMs - newest.startedAtMs) / 1_000) : null),
    gapBytes: null,
    rehearsal,
  });
  return {
    downtimeSeconds: mapRange(downtimeSeconds, (seconds) => Math.round(seconds * 10) / 10),
    nextLogBytes: mapRange(nextLogBytes, Math.round),
    readyAt: readyAtMs && mapRange(readyAtMs, (ms) => new Date(ms).toISOString()),
    basis,
  };
}
