import { z } from "zod";
import { BASIS_KEYS } from "@/lib/forecast/forecast-basis";
import { InstantRange, Range } from "./range";

/** What a cutover would take, were it begun now. */
export const ForecastView = z.object({
  /** From the stop of writes to the database online. */
  downtimeSeconds: Range,
  nextLogBytes: Range,
  /** When the next log falls under the limit; null when never, or when it can't be told. */
  readyAt: InstantRange.nullable(),
  /** Sentences `forecast.basis.<key>`: what it stands on; `seconds` among their params is a duration. */
  basis: z.array(z.object({ key: z.enum(BASIS_KEYS), params: z.record(z.string(), z.number()) })),
});
export type ForecastView = z.infer<typeof ForecastView>;
