import type { ForecastInput } from "./measured-round";

/** Texts `forecast.basis.<key>`: what a forecast stands on, how old that is, what would change it. */
export const BASIS_KEYS = [
  "nothing",
  "measured",
  "rehearsed",
  "not_rehearsed",
  "log_measured",
  "log_by_rate",
  "log_unknown",
  "age",
  "wide",
  "narrower_by_rounds",
  "narrower_by_rehearsal",
] as const;
export type BasisKey = (typeof BASIS_KEYS)[number];

/** A sentence; `seconds` of its params is a duration. */
export interface BasisSentence {
  key: BasisKey;
  params: Record<string, number>;
}

/** With n errors a conformal range holds n in n + 1 at most: for nine cases of ten it takes nine rounds. */
export const ROUNDS_FOR_P90 = 9;

/** What a forecast of this input stands on, as sentences in the order in which they are said. */
export function forecastBasis({
  nowMs,
  rounds,
  counted,
  gapBytes,
  rehearsal,
}: ForecastInput): BasisSentence[] {
  const logs = counted?.logs ?? rounds.filter(({ type }) => type === "log").length;
  const newest = rounds.at(-1);
  const say = (key: BasisKey, params: Record<string, number> = {}): BasisSentence => ({ key, params });
  return [
    newest ? say("measured", { files: counted?.files ?? rounds.length, logs }) : say("nothing"),
    say(rehearsal ? "rehearsed" : "not_rehearsed"),
    say(gapBytes !== null ? "log_measured" : logs > 0 ? "log_by_rate" : "log_unknown"),
    ...(newest
      ? [say("age", { seconds: Math.max(0, Math.round((nowMs - newest.startedAtMs) / 1_000)) })]
      : []),
    ...(logs < ROUNDS_FOR_P90 ? [say("wide", { logs, needed: ROUNDS_FOR_P90 })] : []),
    ...(rehearsal ? [] : [say("narrower_by_rehearsal")]),
    ...(logs < ROUNDS_FOR_P90 ? [say("narrower_by_rounds")] : []),
  ];
}
