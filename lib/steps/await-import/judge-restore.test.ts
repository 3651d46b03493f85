import { expect, test } from "vitest";
import type { RdsFileStatus, RdsTaskStatus } from "@/lib/migration/vocabulary/rds-status";
import { rdsFile, rdsTask } from "../rds-answers-fixture";
import { judgeRestore, type Restore } from "./judge-restore";

type Row = [task: RdsTaskStatus, file: RdsFileStatus | "unlisted" | "not_told", wasAtWork: boolean, Restore];

test.each<Row>([
  ["running", "not_started", true, "at_work"],
  ["running", "restoring", true, "at_work"],
  // Its task has still to say that it takes the next one.
  ["running", "restored", true, "at_work"],
  ["waiting_for_backup", "restored", true, "restored"],
  ["waiting_for_backup", "restored", false, "restored"],
  ["succeeded", "restored", true, "restored"],
  ["other", "restored", true, "unclear"],
  ["running", "restore_failed", true, "failed"],
  ["waiting_for_backup", "checksum_failed", true, "failed"],
  ["failed", "restoring", true, "failed"],
  ["failed", "unlisted", false, "failed"],
  // Whoever missed the word "restored" must not wait for it without end.
  ["waiting_for_backup", "unlisted", true, "unsettled"],
  ["waiting_for_backup", "downloaded", true, "unsettled"],
  ["waiting_for_backup", "deleted", true, "unclear"],
  ["running", "delete_failed", true, "unclear"],
  ["running", "other", true, "unclear"],
  ["other", "restoring", true, "unclear"],
  ["succeeded", "restoring", true, "unclear"],
  ["waiting_for_backup", "not_told", true, "restored"],
  ["waiting_for_backup", "not_told", false, "unsettled"],
  ["succeeded", "not_told", true, "restored"],
  ["running", "not_told", false, "at_work"],
])("a task that is %s, its file %s (seen at work: %s): %s", (status, file, wasAtWork, expected) => {
  const listed = file === "unlisted" ? null : file === "not_told" ? "not_told" : rdsFile({ status: file });
  expect(judgeRestore({ method: "access_pending", task: rdsTask({ status }), file: listed, wasAtWork })).toBe(
    expected,
  );
});

test.each<[RdsTaskStatus, Restore]>([
  ["not_started", "at_work"],
  ["running", "at_work"],
  ["succeeded", "restored"],
  ["failed", "failed"],
  ["waiting_for_backup", "unclear"],
  ["other", "unclear"],
])("with immediate access the task tells everything: %s is %s", (status, expected) => {
  expect(judgeRestore({ method: "immediate", task: rdsTask({ status }), file: null, wasAtWork: false })).toBe(
    expected,
  );
});
