import { describe, expect, it } from "vitest";
import { type FailingStep, planImportSteps, planOpening } from "./import-steps";
import type { ImportFile, TaskRecord } from "./records";
import { databaseStandingAt, fileStatusAt, taskDescriptionAt, taskStatusAt } from "./task-standing";

function file(
  backupMode: ImportFile["backupMode"],
  acceptedAtMs: number,
  failing: FailingStep | null = null,
): ImportFile {
  const given = { bucket: "b", key: "k.bak", sizeBytes: 0, backupMode, acceptedAtMs };
  const failure = failing === null ? "" : "It failed.";
  return { ...given, steps: planImportSteps(given, 60, failing), ok: failing === null, failure };
}

function task(files: ImportFile[], opening: TaskRecord["opening"] = null): TaskRecord {
  const target = {
    databaseName: "",
    familyGuid: null,
    redoLsn: "1",
    forkGuid: null,
    fullGuid: null,
    fullCheckpointLsn: null,
  };
  return {
    taskId: "1",
    instanceId: "rm-1",
    databaseName: "shop",
    backupMode: "UPDF",
    createdAtMs: 0,
    files,
    target: files[0]?.ok === true ? target : null,
    sizeBytes: 0,
    opening,
    terminatedAtMs: null,
    droppedAtMs: null,
  };
}

/** The different values of something over ten seconds, in order. */
function history<T>(at: (nowMs: number) => T): T[] {
  const values: T[] = [];
  for (let nowMs = 0; nowMs <= 10_000; nowMs += 50) {
    const value = at(nowMs);
    if (values.at(-1) !== value) values.push(value);
  }
  return values;
}

describe("an import over time", () => {
  it("moves a full backup's file through RDS's states in three to five seconds at factor 60", () => {
    const full = file("Database", 0);
    expect(history((nowMs) => fileStatusAt(full, nowMs))).toEqual([
      "NoStart",
      "Downloading",
      "Finished",
      "CheckSuccess",
      "Restoring",
      "Restored",
    ]);
    expect(full.steps.at(-1)?.atMs).toBeGreaterThan(3000);
    expect(full.steps.at(-1)?.atMs).toBeLessThan(5000);
    expect(history((nowMs) => taskStatusAt(task([full]), nowMs))).toEqual(["NoStart", "Running", "Waiting"]);
    expect(history((nowMs) => databaseStandingAt(task([full]), nowMs))).toEqual(["importing", "pending"]);
  });

  it.each<[FailingStep, string]>([
    ["download", "DownloadFailed"],
    ["check", "CheckFailed"],
    ["restore", "RestoreFailed"],
  ])("ends at a failing %s", (failing, status) => {
    const full = file("Database", 0, failing);
    expect(history((nowMs) => fileStatusAt(full, nowMs)).at(-1)).toBe(status);
    expect(history((nowMs) => taskStatusAt(task([full]), nowMs))).toEqual(["NoStart", "Running", "Failed"]);
    expect(history((nowMs) => databaseStandingAt(task([full]), nowMs))).toEqual(["importing", "absent"]);
    expect(history((nowMs) => taskDescriptionAt(task([full]), nowMs, true))).toEqual(["", "It failed."]);
  });

  it("keeps a database restoring when a later file fails: the right file can still come", () => {
    const chain = task([file("Database", 0), file("Transaction_Log", 4000, "restore")]);
    expect(history((nowMs) => taskStatusAt(chain, nowMs)).at(-1)).toBe("Failed");
    expect(databaseStandingAt(chain, 10_000)).toBe("pending");
  });

  it("succeeds when the database is open, and adds the verdict of an asynchronous check later", () => {
    const opening = planOpening({ acceptedAtMs: 4000, checkMode: "AsyncExecuteDBCheck" }, 60, {
      failure: "",
    });
    const opened = task([file("Database", 0)], opening);
    expect(taskStatusAt(opened, opening.onlineAtMs - 1)).toBe("Running");
    expect(taskStatusAt(opened, opening.onlineAtMs)).toBe("Success");
    expect(taskDescriptionAt(opened, opening.onlineAtMs, true)).toBe("");
    expect(taskDescriptionAt(opened, opening.checkedAtMs, true)).toBe(
      "Success to DBCC checkdb asynchronously.",
    );
    expect(taskDescriptionAt(opened, opening.checkedAtMs, false)).toMatch(
      /^Your RDS doesn't have any init account yet/,
    );
  });

  it("runs until a synchronous check is done", () => {
    const opening = planOpening({ acceptedAtMs: 4000, checkMode: "SyncExecuteDBCheck" }, 60, { failure: "" });
    const opened = task([file("Database", 0)], opening);
    expect(taskStatusAt(opened, opening.checkedAtMs - 1)).toBe("Running");
    expect(taskStatusAt(opened, opening.checkedAtMs)).toBe("Success");
    expect(taskDescriptionAt(opened, opening.checkedAtMs, true)).toBe("");
  });
});
