import { expect, test } from "vitest";
import type { SourceBackupRow } from "@/lib/sqlserver/source-server";
import { ratesOf } from "./plan-base";

const MB = 1_000_000;

function backup(
  kind: SourceBackupRow["kind"],
  startedAtLocal: string,
  finishedAtLocal: string | null,
  sizeBytes: number,
  more: Partial<SourceBackupRow> = {},
): SourceBackupRow {
  return {
    name: null,
    kind,
    database: "ERP",
    startedAtLocal,
    finishedAtLocal,
    firstLsn: null,
    lastLsn: null,
    checkpointLsn: null,
    databaseBackupLsn: null,
    differentialBaseGuid: null,
    backupSetGuid: null,
    sizeBytes,
    compressedSizeBytes: null,
    copyOnly: false,
    tail: false,
    userName: null,
    path: null,
    ...more,
  };
}

test("a full's rate is what it read, its file is what was written", () => {
  const { fullBytes, measured } = ratesOf(
    [
      backup("full", "2026-06-13T00:00:00.000", "2026-06-13T00:10:00.000", 60_000 * MB, {
        compressedSizeBytes: 20_000 * MB,
      }),
    ],
    1,
  );
  expect(fullBytes).toBe(20_000 * MB);
  expect(measured).toEqual({ full_backup: 100 * MB });
});

test("the log grows by what the log backups of that time hold, the oldest's own left out", () => {
  const { measured } = ratesOf(
    [
      backup("log", "2026-06-13T02:00:00.000", "2026-06-13T02:00:20.000", 200 * MB),
      backup("log", "2026-06-13T01:00:00.000", "2026-06-13T01:00:20.000", 520 * MB),
      backup("log", "2026-06-13T00:00:00.000", "2026-06-13T00:00:20.000", 9_000 * MB),
    ],
    1,
  );
  expect(measured.log_growth).toBeCloseTo((720 * MB) / 7_200, -3);
  expect(measured.log_backup).toBeCloseTo((9_720 * MB) / 60, -3);
});

test("what took a few seconds says nothing of a rate, and one log backup nothing of growth", () => {
  expect(
    ratesOf([backup("log", "2026-06-13T02:00:00.000", "2026-06-13T02:00:02.000", 200 * MB)], 1).measured,
  ).toEqual({});
  expect(ratesOf([], 1)).toEqual({ fullBytes: 0, measured: {} });
});

test("where services run faster than in the history, so do its rates", () => {
  const full = backup("full", "2026-06-13T00:00:00.000", "2026-06-13T00:10:00.000", 60_000 * MB);
  expect(ratesOf([full], 60).measured.full_backup).toBe(6_000 * MB);
});
