import type { BasisSentence } from "@/lib/forecast/forecast-basis";
import { type Forecast, forecastDowntime } from "@/lib/forecast/forecast-downtime";
import { mapRange, type Range } from "@/lib/forecast/measured-round";
import { formatDuration } from "@/lib/format/format-duration";
import { createTranslator } from "@/lib/i18n/translator";
import { type ForecastCase, readForecastCases } from "./read-forecast-cases";
import { textTable } from "./text-table";

/**
 * `chainferry forecast`: what a cutover would take now, for each case of a file, as a table or (`json`) as one JSON array.
 * Returns the exit code: 2 when the cases can't be read; then nothing is printed but what is wrong, on stderr.
 */
export async function runForecastCommand(options: { cases: string; json: boolean }): Promise<number> {
  let cases: ForecastCase[];
  try {
    cases = await readForecastCases(options.cases);
  } catch (error) {
    process.stderr.write(`chainferry forecast: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const forecasts = cases.map(({ id, input }) => toJson(id, forecastDowntime(input)));
  process.stdout.write(`${options.json ? JSON.stringify(forecasts, null, 2) : table(forecasts)}\n`);
  return 0;
}

interface ForecastJson {
  id: string | number;
  downtimeSeconds: Range;
  nextLogBytes: Range;
  readyAt: { p50: string; p90: string } | null;
  basis: string;
}

function toJson(id: string | number, forecast: Forecast): ForecastJson {
  const { downtimeSeconds, nextLogBytes, readyAtMs, basis } = forecast;
  return {
    id,
    downtimeSeconds: mapRange(downtimeSeconds, (seconds) => Math.round(seconds * 10) / 10),
    nextLogBytes: mapRange(nextLogBytes, Math.round),
    readyAt: readyAtMs && mapRange(readyAtMs, (ms) => new Date(ms).toISOString()),
    basis: basisWords(basis),
  };
}

/** As the pages say it in English. */
function basisWords(basis: readonly BasisSentence[]): string {
  const { tx } = createTranslator("en");
  return basis
    .map(({ key, params }) =>
      tx(
        `forecast.basis.${key}`,
        { ...params, age: formatDuration((params.seconds ?? 0) * 1_000, "en") },
        key,
      ),
    )
    .join(" ");
}

function table(forecasts: readonly ForecastJson[]): string {
  const duration = (seconds: number) => formatDuration(seconds * 1_000, "en");
  const rows = forecasts.map(({ id, downtimeSeconds, nextLogBytes, readyAt, basis }) => [
    String(id),
    duration(downtimeSeconds.p50),
    duration(downtimeSeconds.p90),
    `${Math.round(nextLogBytes.p50 / 1e6)} MB`,
    readyAt?.p50 ?? "–",
    basis,
  ]);
  return textTable(["Case", "Downtime", "P90", "Next log", "Ready", "Basis"], rows, [1, 2, 3]);
}
