import { expect, test } from "vitest";
import type { BackupSetView } from "@/lib/contracts/catalog";
import type { RecordFileView } from "@/lib/contracts/record-file";
import { fileLook } from "./file-look";
import { folderOfFiles, taskProgress } from "./task-progress";

function file(status: string, lastLsn: string | null): RecordFileView {
  const header: BackupSetView | null =
    lastLsn === null
      ? null
      : {
          type: "log",
          position: 1,
          databaseName: "Sales",
          serverName: null,
          softwareVersion: null,
          databaseVersion: null,
          compressed: false,
          encrypted: false,
          copyOnly: null,
          tail: null,
          recoveryModel: null,
          startedAt: null,
          finishedAt: null,
          timeZoneQuarterHours: null,
          firstLsn: null,
          lastLsn,
          checkpointLsn: null,
          databaseBackupLsn: null,
          differentialBaseLsn: null,
          differentialBaseGuid: null,
          baseBackupSetGuid: null,
          backupSetGuid: null,
          familyGuid: null,
          firstRecoveryForkGuid: null,
          lastRecoveryForkGuid: null,
          family: { sequence: 1, count: 1 },
          files: [],
        };
  return {
    fileName: "f",
    sizeBytes: null,
    type: "log",
    status,
    providerStatus: "",
    createdAt: null,
    endedAt: null,
    description: "",
    header,
  };
}

test("a task has reached the highest LSN of what is restored, by number", () => {
  const files = [
    file("restored", "9000000200000001"),
    file("restored", "37000000200000001"),
    file("restoring", "99000000200000001"),
    file("restore_failed", "98000000200000001"),
  ];
  expect(taskProgress(files)).toEqual({
    restored: 2,
    failed: 1,
    count: 4,
    reachedLsn: "37000000200000001",
  });
});

test("without headers of ours nothing is claimed", () => {
  expect(taskProgress([file("restored", null)]).reachedLsn).toBeNull();
});

test("the next file is looked for where the last one lies", () => {
  expect(folderOfFiles([{ ...file("restored", null), fileName: "crm/2026/log1.trn" }])).toBe("crm/2026/");
  expect(folderOfFiles([file("restored", null)])).toBe("");
  expect(folderOfFiles([])).toBe("");
});

test("a state that we do not know is unknown, never fine", () => {
  expect(fileLook("constructor")).toBe("unknown");
  expect(fileLook("Whatever")).toBe("unknown");
});
