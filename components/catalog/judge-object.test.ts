import { describe, expect, test } from "vitest";
import type { BackupSetView, ObjectHeaderView } from "@/lib/contracts/catalog";
import { judgeFirstObject, judgeIncrement, judgeSeen } from "./judge-object";

const fullSet: BackupSetView = {
  type: "full",
  position: 1,
  databaseName: "Sales",
  serverName: "PROD-01",
  softwareVersion: "15.0.2000",
  databaseVersion: 904,
  compressed: true,
  encrypted: false,
  copyOnly: false,
  tail: null,
  recoveryModel: "full",
  startedAt: "2026-05-17T00:01:00",
  finishedAt: "2026-05-17T01:06:00",
  timeZoneQuarterHours: 32,
  firstLsn: "37000000100000037",
  lastLsn: "37000000200000001",
  checkpointLsn: "37000000100000037",
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

function header(set: Partial<BackupSetView>, rest: Partial<ObjectHeaderView> = {}): ObjectHeaderView {
  return {
    key: "sales/full.bak",
    sizeBytes: 1,
    reads: 1,
    bytesRead: 1,
    complete: true,
    container: "mtf",
    sets: [{ ...fullSet, ...set }],
    error: null,
    ...rest,
  };
}

const sales2022 = { database: "Sales", engineVersion: "2022_std_ha" };

describe("judgeFirstObject", () => {
  test("a full of the database fits an instance that is not older", () => {
    expect(judgeFirstObject(header({}), sales2022)).toEqual({ verdict: "fits", note: null });
  });

  test("names compare whatever their case", () => {
    expect(judgeFirstObject(header({ databaseName: "SALES" }), sales2022).verdict).toBe("fits");
  });

  test("without a chosen source any database will do", () => {
    const any = { database: null, engineVersion: null };
    expect(judgeFirstObject(header({ databaseName: "Other" }), any).verdict).toBe("fits");
  });

  test("a copy-only full is said to be one", () => {
    expect(judgeFirstObject(header({ copyOnly: true }), sales2022)).toEqual({
      verdict: "fits",
      note: "copy_only",
    });
  });

  test.each([
    ["log", "log_first"],
    ["differential", "differential_first"],
  ] as const)("a %s is not first", (type, reason) => {
    expect(judgeFirstObject(header({ type }), sales2022)).toEqual({ verdict: "not_first", reason });
  });

  test.each([
    ["another database", header({ databaseName: "CRM" }), "other_database"],
    ["a newer server", header({ softwareVersion: "17.0.1000" }), "newer_version"],
    ["one stripe of two", header({ family: { sequence: 1, count: 2 } }), "striped"],
    ["a file backup", header({ type: "file" }), "wrong_kind"],
    ["an unfinished object", header({}, { complete: false }), "incomplete"],
    ["two sets", header({}, { sets: [fullSet, fullSet] }), "several_sets"],
    ["no set", header({}, { sets: [] }), "not_a_backup"],
    ["an unreadable object", header({}, { error: { code: "truncated", message: "" } }), "truncated"],
    ["an unknown code", header({}, { error: { code: "else", message: "" } }), "corrupt"],
  ])("refuses %s", (_, given, reason) => {
    expect(judgeFirstObject(given, sales2022)).toMatchObject({ verdict: "refused", reason });
  });

  test.each([
    ["encrypted", header({ encrypted: true })],
    ["encrypted", header({}, { sets: [], error: { code: "encrypted", message: "" } })],
    [
      "unsupported_container",
      header({}, { sets: [], error: { code: "unsupported_container", message: "" } }),
    ],
  ] as const)("what cannot be read here may be chosen: %s", (seal, given) => {
    expect(judgeFirstObject(given, sales2022)).toEqual({ verdict: "unread", seal });
    expect(judgeSeen(given)).toEqual({ verdict: "unread", seal });
    expect(judgeIncrement(given, { reachedLsn: null, engineVersion: null })).toEqual({
      verdict: "unread",
      seal,
    });
  });

  test("a log of another database is refused, not merely misplaced", () => {
    expect(judgeFirstObject(header({ type: "log", databaseName: "CRM" }), sales2022).verdict).toBe("refused");
  });
});

describe("judgeIncrement", () => {
  const waiting = { reachedLsn: "37000000200000001", engineVersion: "2022_std_ha" };
  const log = (firstLsn: string, lastLsn: string) => header({ type: "log", firstLsn, lastLsn });

  test("a full is no increment", () => {
    expect(judgeIncrement(header({}), waiting)).toMatchObject({
      verdict: "refused",
      reason: "full_not_increment",
    });
  });

  test("a log that begins at the reached LSN fits, one that begins after leaves a gap", () => {
    expect(judgeIncrement(log("37000000200000001", "37000000300000001"), waiting).verdict).toBe("fits");
    expect(judgeIncrement(log("37000000200000002", "37000000300000001"), waiting)).toMatchObject({
      reason: "gap",
    });
  });

  test("a log that ends at the reached LSN adds nothing", () => {
    expect(judgeIncrement(log("37000000100000001", "37000000200000001"), waiting)).toMatchObject({
      reason: "too_early",
    });
  });

  test("LSNs compare as numbers, not as text", () => {
    expect(
      judgeIncrement(log("9000000200000001", "137000000300000001"), {
        reachedLsn: "37000000200000001",
        engineVersion: null,
      }).verdict,
    ).toBe("fits");
  });

  test("a differential may begin after the reached LSN", () => {
    const differential = header({
      type: "differential",
      firstLsn: "37000000250000001",
      lastLsn: "37000000300000001",
    });
    expect(judgeIncrement(differential, waiting).verdict).toBe("fits");
  });

  test("without a record the chain is left to the server", () => {
    expect(judgeIncrement(log("1", "2"), { reachedLsn: null, engineVersion: null }).verdict).toBe("fits");
  });
});
