import { beforeAll, describe, expect, test } from "vitest";
import type { BackupReading } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { createTranslator } from "@/lib/i18n/translator";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { type ImportSituation, judgeImport } from "@/sandbox/rds/import-verdict";
import { openingFaults } from "@/sandbox/rds/opening-faults";
import type { TaskRecord } from "@/sandbox/rds/records";
import { taskDescriptionAt } from "@/sandbox/rds/task-standing";
import { composeScenario, type ScenarioName } from "@/sandbox/scenario/scenario";
import { diagnoseDescription } from "./diagnose-description";
import type { TaskMessage } from "./message-table";
import { MESSAGE_PARTS } from "./messages/message";

const GB = 1024 ** 3;
const SPEC: BackupSetSpec = {
  ...{ type: "full", databaseName: "shop", databaseVersion: 904, payloadBytes: 10_000 },
  firstLsn: 10_000_000_000_100_001n,
  lastLsn: 10_000_000_000_900_001n,
  checkpointLsn: 10_000_000_000_100_001n,
};
const DATA_FILE = { logicalName: "shop", physicalName: "D:\\shop.mdf", type: "data", fileId: 1 } as const;

const SETS = {
  full: SPEC,
  large: { ...SPEC, files: [{ ...DATA_FILE, sizeBytes: 40 * GB }] },
  newer: { ...SPEC, databaseVersion: 998 },
  differential: { ...SPEC, type: "differential" },
  log: { ...SPEC, type: "log" },
  laterLog: { ...SPEC, type: "log", firstLsn: 11_000_000_000_900_001n, lastLsn: 12_000_000_000_900_001n },
} as const satisfies Record<string, BackupSetSpec>;

const readings = new Map<string, BackupReading>();
beforeAll(async () => {
  for (const [name, set] of Object.entries<BackupSetSpec>(SETS)) {
    const bytes = Buffer.concat([...backupBytes({ sets: [set] })]);
    const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
    readings.set(name, await readBackup({ sizeBytes: bytes.length, read }));
  }
});

/** What the sandbox's RDS says of a file in a situation, by the rules by which it says it in every scenario. */
function importing(name: keyof typeof SETS, given: Partial<ImportSituation> = {}): string {
  const reading = readings.get(name);
  if (!reading) throw new Error(`${name} was not read`);
  const verdict = judgeImport({
    ...{ fileName: "shop.bak", fileBytes: 10 * GB, reading, databaseName: "shop", target: null },
    ...{ databaseVersion: 957, isEncrypted: false, freeBytes: 100 * GB, databaseExists: false },
    ...{ databaseCount: 3, maxDatabases: 50 },
    ...given,
  });
  return verdict.ok ? "" : verdict.message;
}

/** A full backup is restored, and the task waits. */
function waiting(): ImportSituation["target"] {
  const reading = readings.get("full");
  const verdict = judgeImport({
    ...{
      fileName: "shop.bak",
      fileBytes: GB,
      reading: reading ?? expect.unreachable(),
      databaseName: "shop",
    },
    ...{ target: null, databaseVersion: 957, isEncrypted: false, freeBytes: 100 * GB },
    ...{ databaseExists: false, databaseCount: 3, maxDatabases: 50 },
  });
  return verdict.ok ? verdict.target : null;
}

/** What the sandbox's RDS says of a task whose database was opened in a scenario. */
function opening(
  scenario: ScenarioName,
  { checkMode = "AsyncExecuteDBCheck", hasAccounts = true }: OpeningOptions = {},
): string {
  const task: TaskRecord = {
    ...{ taskId: "1", instanceId: "rm-1", databaseName: "shop", backupMode: "UPDF", createdAtMs: 0 },
    ...{ files: [], target: null, sizeBytes: 0, terminatedAtMs: null, droppedAtMs: null, opening: null },
  };
  const current = composeScenario([scenario]);
  const opened = { checkMode, acceptedAtMs: 0, onlineAtMs: 1, checkedAtMs: 2 };
  const faults = openingFaults({ scenario: { current } }, task);
  return taskDescriptionAt({ ...task, opening: { ...opened, ...faults } }, 10, hasAccounts);
}

interface OpeningOptions {
  checkMode?: "AsyncExecuteDBCheck" | "SyncExecuteDBCheck";
  hasAccounts?: boolean;
}

/**
 * The troubleshooting sections of Alibaba's guides, in their order: full migration, then incremental
 * (https://help.aliyun.com/document_detail/95738.html, …/95736.html). `played`: how the sandbox brings it about.
 */
const GUIDE: readonly (readonly [error: string, key: TaskMessage["key"], played: () => string])[] = [
  ["database exists", "database_exists", () => importing("full", { databaseExists: true })],
  ["differential in a full task", "differential_in_full_task", () => importing("differential")],
  ["log in a full task", "log_in_full_task", () => importing("log")],
  ["newer edition", "file_corrupt_or_newer", () => importing("newer")],
  ["DBCC failed", "checkdb_failed", () => opening("dbcc-errors", { checkMode: "SyncExecuteDBCheck" })],
  ["no space to restore", "disk_too_small_for_restore", () => importing("large", { freeBytes: 20 * GB })],
  ["no space for the file", "disk_too_small_for_file", () => importing("full", { freeBytes: GB })],
  ["no init account", "no_init_account", () => opening("clean", { hasAccounts: false })],
  ["opening failed", "open_failed", () => opening("edition-mismatch")],
  ["log too recent", "log_too_recent", () => importing("laterLog", { target: waiting() })],
  ["DBCC failed afterwards", "checkdb_failed_async", () => opening("dbcc-errors")],
  ["DBCC succeeded", "checkdb_succeeded_async", () => opening("clean")],
  ["full in a waiting task", "full_in_waiting_task", () => importing("full", { target: waiting() })],
  ["too many databases", "database_count_limit", () => importing("full", { databaseCount: 50 })],
  // Only of files by address, for SQL Server 2008 R2 on local disks, which neither the product nor its sandbox hands over.
  ["URL expired", "url_expired", () => "Failed to download backup file since OSS URL was expired."],
];

describe.each(GUIDE)("%s", (_error, key, played) => {
  test("is said by the sandbox, and known in place", () => {
    const text = played();
    expect(text).not.toBe("");
    expect(diagnoseDescription(text)?.key).toBe(key);
  });

  test.each(["en", "zh-CN"] as const)("is explained in %s: cause, how to make sure, remedy", (locale) => {
    const { tx } = createTranslator(locale);
    const found = diagnoseDescription(played());
    const told = MESSAGE_PARTS.map((part) => tx(`diagnosis.${key}.${part}`, found?.params ?? {}, ""));
    expect(told.filter((words) => words === "" || /[{}]|undefined/.test(words))).toEqual([]);
  });
});
