import { expect, test } from "vitest";
import { judgeTarget } from "./judge-target";

test.each([
  ["waiting_for_backup", "In Recovery", "takes_files"],
  ["waiting_for_backup", "Restoring", "takes_files"],
  // Not every edition lists a database that is being restored.
  ["waiting_for_backup", null, "takes_files"],
  ["not_started", null, "busy"],
  ["running", "Restoring", "busy"],
  // Some tasks are said to have succeeded while their database waits.
  ["succeeded", "Restoring", "takes_files"],
  ["succeeded", null, "target_deleted"],
  ["waiting_for_backup", "Running", "target_opened"],
  ["succeeded", "Running", "target_opened"],
  ["failed", "Restoring", "target_task_ended"],
  ["failed", null, "target_task_ended"],
  ["other", "Restoring", "target_task_ended"],
  ["other", null, "target_deleted"],
  [null, "In Recovery", "target_task_ended"],
  [null, null, "target_deleted"],
  [null, "Running", "target_opened"],
] as const)("task %s, database %s: %s", (task, database, standing) => {
  expect(judgeTarget({ task, database, wasListed: false })).toBe(standing);
});

test("a database that was listed and is not any more was deleted, whatever its task says meanwhile", () => {
  expect(judgeTarget({ task: "waiting_for_backup", database: null, wasListed: true })).toBe("target_deleted");
  // While RDS is at it, it may stand in no list for a moment.
  expect(judgeTarget({ task: "running", database: null, wasListed: true })).toBe("busy");
  expect(judgeTarget({ task: "waiting_for_backup", database: "Restoring", wasListed: true })).toBe(
    "takes_files",
  );
});
