import { describe, expect, it } from "vitest";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { targetAfter } from "./target-after";

const full = fromHeaderJson({
  type: "full",
  lastLsn: 150,
  checkpointLsn: 100,
  backupSetGuid: "G",
  lastRecoveryForkGuid: "R1",
  familyGuid: "FA",
});

describe("targetAfter", () => {
  it("a full sets LSN, base and fork", () => {
    expect(targetAfter(null, full)).toEqual({
      lsn: 150n,
      differentialBaseLsn: 100n,
      differentialBaseGuid: "G",
      lastRecoveryForkGuid: "R1",
      familyGuid: "FA",
    });
  });

  it("a log or differential moves LSN and fork on and keeps the base", () => {
    for (const type of ["log", "differential"]) {
      const set = fromHeaderJson({ type, lastLsn: 300, checkpointLsn: 290, lastRecoveryForkGuid: "R2" });
      expect(targetAfter(targetAfter(null, full), set)).toEqual({
        lsn: 300n,
        differentialBaseLsn: 100n,
        differentialBaseGuid: "G",
        lastRecoveryForkGuid: "R2",
        familyGuid: "FA",
      });
    }
  });

  it("a copy-only full leaves no base for differentials", () => {
    const copy = { ...full, copyOnly: true };
    expect(targetAfter(null, copy)).toMatchObject({
      lsn: 150n,
      differentialBaseLsn: null,
      differentialBaseGuid: null,
    });
  });
});
