import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Actor } from "@/lib/context/context";
import type { MigrationRecord } from "@/lib/contracts/migration-record";
import { isAppError } from "@/lib/diagnosis/app-error";
import { readRecord } from "@/lib/services/record/read-record";
import { readConfig } from "@/lib/start/config";
import { startRuntime } from "@/lib/start/runtime";
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
  const folder = join(config.dataFolder, "store");
  if (config.databaseUrl === null && !existsSync(folder)) {
    process.stderr.write(
      `chainferry report: there is no store in ${folder}. Name the data folder in CHAINFERRY_DATA, or a PostgreSQL server in DATABASE_URL.\n`,
    );
    return 1;
  }
  try {
    const runtime = await startRuntime(
      { ...config, engine: "separate", sandbox: null },
      { runsSteps: false },
    );
    try {
      const record = await readRecord({ ctx: runtime.ctxFor(READER), input: { migrationId } });
      process.stdout.write(options.json ? `${JSON.stringify(record)}\n` : `${lines(record)}\n`);
      return 0;
    } finally {
      await runtime.stop();
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { reason, params } = error.fields;
    const what = Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : "";
    process.stderr.write(`chainferry report: ${reason}${what}\n`);
    if (reason === "store_locked") {
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
