import type { FailureFields } from "./failure-of";

/** Nobody answered in time, or asked to come later. A refusal is an answer. */
const UNANSWERED: ReadonlySet<string> = new Set([
  "probe_timeout",
  "sql_timeout",
  "sql_connection_lost",
  "sql_browser_silent",
  "oss_timeout",
  "oss_unavailable",
  "oss_throttled",
  "rds_timeout",
  "rds_unavailable",
  "rds_throttled",
]);

/** Whether asking the same again may well be answered. Null: there was no failure. */
export function isUnanswered(failure: Pick<FailureFields, "reason"> | null): boolean {
  return failure !== null && UNANSWERED.has(failure.reason);
}
