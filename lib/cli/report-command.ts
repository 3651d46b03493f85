import type { Actor } from "@/lib/context/context";
import type { MigrationRecord } from "@/lib/contracts/migration-record";
import { isAppError } from "@/lib/diagnosis/app-error";
import { readRecord } from "@/lib/services/record/read-record";
import { readConfig } from "@/lib/start/config";
import { onConfiguredStore } from "@/lib/start/on-configured-store";
import { errorSentence } from "./error-sentence";
import { textTable } from "./text-table";

const READER: Actor = { kind: "person", id: "terminal", name: "terminal", role: "viewer" };

/**
 * `chainferry report ID`: the whole record of a migration out of the configured store, with its head; `json`: as the file
 * that `verify-record` checks. Returns the exit code: 1 when there is no such migration, or its store can't be opened.
 */
export async function runReportCommand(
  migrationId: string,
  options: { json: boolean },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  const config = readConfig(environment);
  try {
    const record = await onConfiguredStore(config, ({ ctxFor }) =>
      readRecord({ ctx: ctxFor(READER), input: { migrationId } }),
    );
    process.stdout.write(options.json ? `${JSON.stringify(record)}\n` : `${lines(record)}\n`);
    return 0;
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.stderr.write(`chainferry report: ${errorSentence(error)}\n`);
    if (error.fields.reason === "store_locked") {
      process.stderr.write(
        "The running dashboard has this store: its page of the migration offers the same file under Events.\n",
      );
    }
    return 1;
  }
}

function lines({ migration, migrationId, events, head, digest, exportedAt }: MigrationRecord): string {
  const { name, status, sourceDatabase, targetDatabase } = migration;
  const rows = events.map(({ seq, at, actor, type, payload }) => [
    String(seq),
    at,
    actor,
    type,
    JSON.stringify(payload),
  ]);
  return [
    `Migration ${migrationId}: ${name} (${status}), ${sourceDatabase ?? "–"} to ${targetDatabase ?? "–"}`,
    `Exported ${exportedAt}`,
    "",
    textTable(["No.", "At (UTC)", "By", "Event", "What"], rows, [0]),
    "",
    `Head    ${head ? `${head.seq} ${head.hash ?? "without a hash"}` : "none"}`,
    `Digest  ${digest}`,
  ].join("\n");
}
