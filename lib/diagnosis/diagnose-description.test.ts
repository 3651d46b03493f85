import { expect, test } from "vitest";
import { diagnoseDescription, MESSAGES } from "./diagnose-description";

/** The messages as Alibaba's pages on full and incremental import print them, variable parts filled in. */
const PRINTED: [text: string, key: string, params: Record<string, string>][] = [
  [
    "The database (testdb) is already exist on RDS, please backup and drop it, then try again.",
    "database_exists",
    { database: "testdb" },
  ],
  [
    "Backup set (testdb_diff.bak) is a Database Differential backup, we only accept a FULL Backup.",
    "differential_in_full_task",
    { file: "testdb_diff.bak" },
  ],
  [
    "Backup set (a (copy).trn) is a Transaction Log backup, we only accept a FULL Backup.",
    "log_in_full_task",
    { file: "a (copy).trn" },
  ],
  [
    "Failed to verify testdb.bak, backup file was corrupted or newer edition than RDS.",
    "file_corrupt_or_newer",
    { file: "testdb.bak" },
  ],
  ["DBCC checkdb failed", "checkdb_failed", {}],
  ["Failed to download backup file since OSS URL was expired.", "url_expired", {}],
  [
    "Not Enough Disk Space for restoring, space left (1024 MB) < needed (40960 MB).",
    "disk_too_small_for_restore",
    { leftMb: "1024", neededMb: "40960" },
  ],
  [
    "Not Enough Disk Space, space left 10 MB < bak file 40960 MB.",
    "disk_too_small_for_file",
    { leftMb: "10", neededMb: "40960" },
  ],
  [
    "Your RDS doesn't have any init account yet, please create one and grant permissions on RDS console to this migrated database (TestDb).",
    "no_init_account",
    { database: "TestDb" },
  ],
  [
    "The backup set holds a backup of a database other than the existing 'Sales 2026' database. RESTORE LOG is terminating abnormally.",
    "other_database",
    { database: "Sales 2026" },
  ],
  ["Failed to open database testdb.", "open_failed", { database: "testdb" }],
  [
    "The log in this backup set begins at LSN 47000000082400001, which is too recent to apply to the database.RESTORE LOG is terminating abnormally.",
    "log_too_recent",
    { lsn: "47000000082400001" },
  ],
  [
    "asynchronously DBCC checkdb failed: CHECKDB found 0 allocation errors and 2 consistency errors in table 'XXX' (object ID 2039678314).",
    "checkdb_failed_async",
    { allocationErrors: "0", consistencyErrors: "2", table: "XXX" },
  ],
  ["Success to DBCC checkdb asynchronously.", "checkdb_succeeded_async", {}],
  ["Success to DBCC checkdb asynchronously", "checkdb_succeeded_async", {}],
  [
    "Backup set (full.bak) is a Database FULL backup, we only accept transaction log or differential backup.",
    "full_in_waiting_task",
    { file: "full.bak" },
  ],
  [
    "The database (testdb) migration failed due to databases count limitation.",
    "database_count_limit",
    { database: "testdb" },
  ],
];

test.each(PRINTED)("%s", (text, key, params) => {
  expect(diagnoseDescription(text)).toEqual({ key, params });
});

test("every key has a message that leads to it", () => {
  expect(new Set(PRINTED.map(([, key]) => key))).toEqual(new Set(MESSAGES.map(({ key }) => key)));
});

test.each(PRINTED)("case, line breaks and words around it do not matter: %s", (text, key) => {
  const wrapped = `Task failed:\n  ${text.toUpperCase().replaceAll(" ", "\n ")}\n(code 1)`;
  expect(diagnoseDescription(wrapped)?.key).toBe(key);
});

test.each(["", "   ", "Restoring 45 percent", "the database is fine", "x".repeat(20_000)])(
  "what is not known is not guessed: %#",
  (text) => {
    expect(diagnoseDescription(text)).toBeNull();
  },
);
