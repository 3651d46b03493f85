import type { ConditionView } from "@/lib/contracts/migration";
import type { Translator } from "@/lib/i18n/translate";

/** A condition of the cutover in words, and what to do while it is open: empty where it is met. */
export function conditionText({ key, state, params }: ConditionView, { tx }: Pick<Translator, "tx">) {
  const limit = params.limitBytes;
  // RDS's own limit is said in MB, as its documentation says it.
  const shown = typeof limit === "number" ? { ...params, limitMb: Math.round(limit / 1e6) } : params;
  return { name: tx(`advance.${key}`, shown, key), hint: tx(`advance.${key}.${state}`, shown, "") };
}
