import { type HistoryFilter, lsnDigits } from "@/lib/contracts/history";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { RDS_TASK_STATUSES } from "@/lib/migration/vocabulary/rds-status";
import { STATUSES } from "@/lib/migration/vocabulary/status";

/** What the words of a filter ask for. `lsn`: digits; "-", which no file has, where it is none; empty where none is asked for. */
export function wantedWords(
  filter: Pick<HistoryFilter, "status" | "method" | "lsn">,
  statuses: readonly string[],
) {
  const status = knownOf(filter.status, [...RDS_TASK_STATUSES, ...STATUSES]);
  const method = knownOf(filter.method, [...MIGRATION_METHODS, "other"]);
  return {
    /** Null: of any. A word of the other kind of rows asks for none of these. */
    statuses: status.length === 0 ? null : status.filter((word) => statuses.includes(word)),
    methods: method.length === 0 ? null : method,
    lsn: filter.lsn === "" ? "" : (lsnDigits(filter.lsn) ?? "-"),
  };
}

function knownOf(text: string, known: readonly string[]): string[] {
  return text.split(",").flatMap((word) => known.find((one) => one === word.trim()) ?? []);
}
