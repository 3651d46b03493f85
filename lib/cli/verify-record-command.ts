import { MigrationRecord, type RecordProblem } from "@/lib/contracts/migration-record";
import { readTextFile } from "@/lib/files/read-text-file";
import { verifyRecord } from "@/lib/services/record/verify-record";

/**
 * `chainferry verify-record FILE`: whether a record, as `report --json` or the page of a migration wrote it, is as it was
 * written. Needs neither network nor store. Returns the exit code: 0 only when nothing was edited, removed or cut off;
 * 2 when the file is no record.
 */
export async function runVerifyRecordCommand(
  file: string,
  options: { json: boolean; head?: string },
): Promise<number> {
  const record = await readRecordFile(file);
  if (typeof record === "string") {
    if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, unreadable: record })}\n`);
    process.stderr.write(`chainferry verify-record: ${file}: ${record}\n`);
    return 2;
  }
  const verdict = verifyRecord(record, options.head?.toLowerCase() ?? null);
  const { ok, migrationId, events, covered, head, problems } = verdict;
  const text = [
    `Migration ${migrationId}: ${events} events, ${covered} of them covered by hashes.`,
    ...problems.map((problem) => `  ${sentence(problem)}`),
    `Head  ${head ? `${head.seq} ${head.hash ?? "without a hash"}` : "none"}`,
    ok ? "As it was written." : "Not as it was written.",
  ];
  process.stdout.write(options.json ? `${JSON.stringify(verdict)}\n` : `${text.join("\n")}\n`);
  return ok ? 0 : 1;
}

/** The record, or why it is none. */
async function readRecordFile(file: string): Promise<MigrationRecord | string> {
  let text: string;
  try {
    text = await readTextFile(file);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "this is no JSON, or it is cut off";
  }
  const parsed = MigrationRecord.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `this is no record of a migration: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
}

function sentence({ kind, seq }: RecordProblem): string {
  switch (kind) {
    case "edited":
      return `Event ${seq} does not agree with its hash: it was edited, inserted or moved.`;
    case "removed":
      return `Events before ${seq} were removed.`;
    case "truncated":
      return "The last event is not the head: events were cut off.";
    case "record_edited":
      return "Something of the file was changed after it was written.";
    case "other_head":
      return "The head that you named is none of its events: the file is of another history.";
  }
}
