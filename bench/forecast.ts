import { forecastDowntime } from "@/lib/forecast/forecast-downtime";
import { quantileOf } from "@/lib/forecast/quantiles";
import { HISTORY_KINDS, type SimulatedCutover, simulateCutover } from "./simulated-history";

const SMALL_LOG_BYTES = 500_000_000;
/** Logs before a cutover, from which on the median error is counted. */
const ENOUGH_LOGS = 5;

export interface ForecastOutcome {
  cutover: SimulatedCutover;
  /** The cutover took no longer than its P90. */
  covered: boolean;
  /** Of the P50, as a share of what the cutover took. */
  error: number;
  /** P90 over P50. */
  width: number;
}

/** Forecasts of cutovers that then happen, as many of each kind of history. A seed gives the same ones always. */
export function forecastSimulated({ seed, cutovers }: { seed: number; cutovers: number }): ForecastOutcome[] {
  return Array.from({ length: cutovers }, (_, index) => {
    const kind = HISTORY_KINDS[index % HISTORY_KINDS.length] ?? "steady";
    const cutover = simulateCutover(seed * 100_003 + index, kind);
    const { p50, p90 } = forecastDowntime({ ...cutover, limitBytes: SMALL_LOG_BYTES }).downtimeSeconds;
    const took = cutover.actual.downtimeSeconds;
    return { cutover, covered: took <= p90, error: Math.abs(p50 - took) / took, width: p90 / p50 };
  });
}

/**
 * How honest forecasts are on 200 simulated migrations: the share of cutovers within their P90 (in all, and by kind of
 * history), the median error of the P50 after five logs (with and without a rehearsal, then with one, then without),
 * and the median of P90 over P50.
 */
export async function benchForecast({ seed = 1 }: { seed?: number }): Promise<Record<string, number>> {
  const outcomes = forecastSimulated({ seed, cutovers: 200 });
  const seasoned = outcomes.filter(
    ({ cutover }) => cutover.rounds.filter(({ type }) => type === "log").length >= ENOUGH_LOGS,
  );
  const rehearsed = (yes: boolean) =>
    medianError(seasoned.filter(({ cutover }) => (cutover.rehearsal !== null) === yes));
  return {
    cutovers: outcomes.length,
    coverP90: coverOf(outcomes),
    medianError: medianError(seasoned),
    medianErrorAfterRehearsal: rehearsed(true),
    medianErrorWithoutRehearsal: rehearsed(false),
    sharpness: rounded(
      quantileOf(
        outcomes.map(({ width }) => width),
        0.5,
      ),
    ),
    ...Object.fromEntries(
      HISTORY_KINDS.map((kind) => [
        `cover.${kind}`,
        coverOf(outcomes.filter(({ cutover }) => cutover.kind === kind)),
      ]),
    ),
  };
}

function coverOf(outcomes: readonly ForecastOutcome[]): number {
  return rounded(outcomes.filter(({ covered }) => covered).length / outcomes.length);
}

function medianError(outcomes: readonly ForecastOutcome[]): number {
  return rounded(
    quantileOf(
      outcomes.map(({ error }) => error),
      0.5,
    ),
  );
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
