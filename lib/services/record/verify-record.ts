import type { MigrationRecord, RecordProblem, RecordVerdict } from "@/lib/contracts/migration-record";
import { chainBreaks, digestOf } from "@/lib/store/event-chain";

/**
 * Whether a record is as it was written: every fact agrees with its hash and follows the one before, and the last is the
 * head. Needs nothing but the file. Who makes all hashes anew is found out by `knownHead`: the head as an earlier report
 * printed it, which must be among the facts.
 */
export function verifyRecord(record: MigrationRecord, knownHead: string | null = null): RecordVerdict {
  const { migrationId, events, head, digest, ...rest } = record;
  const problems: RecordProblem[] = chainBreaks(migrationId, events);
  const covered = events.filter(({ hash }) => hash !== null).length;
  const last = events.at(-1);
  if ((last?.seq ?? null) !== (head?.seq ?? null) || (last?.hash ?? null) !== (head?.hash ?? null)) {
    problems.push({ kind: "truncated", seq: last?.seq ?? null });
  }
  if (digestOf({ migrationId, events, head, ...rest }) !== digest) {
    problems.push({ kind: "record_edited", seq: null });
  }
  if (knownHead !== null && !events.some(({ hash }) => hash === knownHead)) {
    problems.push({ kind: "other_head", seq: null });
  }
  return { ok: problems.length === 0, migrationId, events: events.length, covered, head, problems };
}
