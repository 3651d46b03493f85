import { describe, expect, it } from "vitest";
import type { BackupSet } from "@/lib/backup/header";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { applyBackupSet, type RestoreTarget } from "./restore-rules";

const SERVER = { databaseVersion: 957 };
const [A, B] = ["AAAAAAAA-0000-0000-0000-000000000001", "BBBBBBBB-0000-0000-0000-000000000002"];
const [FORK, OTHER_FORK] = ["F0000000-0000-0000-0000-000000000001", "F0000000-0000-0000-0000-000000000002"];

const BLANK: BackupSet = {
  ...fromHeaderJson({ type: "log" }),
  type: "log",
  position: 1,
  backupName: null,
  backupDescription: null,
  userName: null,
  databaseName: "Shop",
  serverName: "SRC",
  machineName: null,
  softwareVersion: "15.0.2000",
  databaseVersion: 904,
  compatibilityLevel: 150,
  compressed: false,
  encrypted: false,
  copyOnly: false,
  hasChecksums: true,
  damaged: false,
  tail: false,
  bulkLogged: false,
  recoveryModel: "full",
  databaseCreatedAt: null,
  startedAt: null,
  finishedAt: null,
  timeZoneQuarterHours: 32,
  firstLsn: null,
  lastLsn: null,
  checkpointLsn: null,
  databaseBackupLsn: null,
  differentialBaseLsn: null,
  differentialBaseGuid: null,
  baseBackupSetGuid: null,
  backupSetGuid: null,
  familyGuid: "0FA30000-0000-0000-0000-000000000001",
  bindingId: null,
  firstRecoveryForkGuid: FORK,
  lastRecoveryForkGuid: FORK,
  forkPointLsn: null,
  mediaSetGuid: null,
  family: { sequence: 1, count: 1 },
  backupSizeBytes: null,
  compressedSizeBytes: null,
  files: [],
};

// The worked example: a full, a log from during it, the next log, a differential, and a log after one that is missing.
const F = set({
  type: "full",
  backupSetGuid: A,
  firstLsn: 370_504n,
  lastLsn: 370_520n,
  checkpointLsn: 370_504n,
});
const L0 = set({ firstLsn: 360_001n, lastLsn: 370_510n });
const L1 = set({ firstLsn: 370_510n, lastLsn: 380_016n });
const I1 = set({
  type: "differential",
  firstLsn: 390_001n,
  lastLsn: 390_003n,
  differentialBaseGuid: A,
  differentialBaseLsn: 370_504n,
});
const L3 = set({ firstLsn: 390_002n, lastLsn: 400_000n });

function set(fields: Partial<BackupSet>): BackupSet {
  return { ...BLANK, ...fields };
}

/** Restores one after the other; the error number of the first that is refused, or where the last one ended. */
function play(...sets: BackupSet[]): { number: number } | { redoLsn: bigint } {
  let target: RestoreTarget | null = null;
  for (const one of sets) {
    const outcome = applyBackupSet(target, one, SERVER);
    if (!outcome.ok) return { number: outcome.number };
    target = outcome.target;
  }
  return { redoLsn: target?.redoLsn ?? 0n };
}

describe("applyBackupSet", () => {
  it.each<[string, BackupSet[], { number: number } | { redoLsn: bigint }]>([
    ["a full begins at its last LSN", [F], { redoLsn: 370_520n }],
    ["a log first", [L1], { number: 3118 }],
    ["a differential first", [I1], { number: 3118 }],
    ["a log that starts before the full ended", [F, L1], { redoLsn: 380_016n }],
    ["a log from during the full that ends before it", [F, L0], { number: 4326 }],
    ["the same log twice", [F, L1, L1], { number: 4326 }],
    [
      "an empty log at the redo point",
      [F, L1, set({ firstLsn: 380_016n, lastLsn: 380_016n })],
      { redoLsn: 380_016n },
    ],
    ["a log after a gap", [F, L1, L3], { number: 4305 }],
    [
      "a log that begins one after the redo point",
      [F, set({ firstLsn: 370_521n, lastLsn: 380_000n })],
      { number: 4305 },
    ],
    [
      "a log that begins at the redo point",
      [F, set({ firstLsn: 370_520n, lastLsn: 380_000n })],
      { redoLsn: 380_000n },
    ],
    ["a differential", [F, I1], { redoLsn: 390_003n }],
    ["a differential after a log", [F, L1, I1], { redoLsn: 390_003n }],
    ["a log over what a differential bridged", [F, I1, L3], { redoLsn: 400_000n }],
    ["a log the differential covers", [F, I1, L1], { number: 4326 }],
    ["an older differential", [F, I1, L3, I1], { number: 3120 }],
    ["a differential of another full", [F, { ...I1, differentialBaseGuid: B }], { number: 3136 }],
    [
      "a differential of another full, told by LSN alone",
      [F, { ...I1, differentialBaseGuid: null, differentialBaseLsn: 1n }],
      { number: 3136 },
    ],
    ["a log of another database", [F, { ...L1, familyGuid: B }], { number: 3154 }],
    ["a log of another fork", [F, { ...L1, firstRecoveryForkGuid: OTHER_FORK }], { number: 4330 }],
    [
      "logs over a fork",
      [F, { ...L1, lastRecoveryForkGuid: OTHER_FORK }, set({ firstLsn: 380_016n, lastLsn: 390_000n })],
      { number: 4330 },
    ],
    [
      "a log that crosses into a fork, behind the fork point",
      [
        F,
        L1,
        set({
          firstLsn: 370_515n,
          lastLsn: 400_000n,
          lastRecoveryForkGuid: OTHER_FORK,
          forkPointLsn: 375_000n,
        }),
      ],
      { number: 4330 },
    ],
    [
      "a log that crosses into a fork, before the fork point",
      [
        F,
        set({
          firstLsn: 370_515n,
          lastLsn: 400_000n,
          lastRecoveryForkGuid: OTHER_FORK,
          forkPointLsn: 375_000n,
        }),
      ],
      { redoLsn: 400_000n },
    ],
    [
      "a differential of another fork",
      [F, { ...I1, firstRecoveryForkGuid: OTHER_FORK, lastRecoveryForkGuid: OTHER_FORK }],
      { number: 4330 },
    ],
    [
      "a differential of a fork that began later",
      [F, { ...I1, lastRecoveryForkGuid: OTHER_FORK, forkPointLsn: 380_000n }],
      { redoLsn: 390_003n },
    ],
    [
      "a differential on a copy-only full",
      [
        { ...F, copyOnly: true },
        { ...I1, differentialBaseGuid: null },
      ],
      { number: 3136 },
    ],
    ["a newer version", [{ ...F, databaseVersion: 998 }], { number: 3169 }],
    [
      "a newer version that only the server's version tells",
      [{ ...F, databaseVersion: null, softwareVersion: "17.0.700" }],
      { number: 3169 },
    ],
    ["one stripe of two", [{ ...F, family: { sequence: 1, count: 2 } }], { number: 3132 }],
    ["a damaged set", [{ ...F, damaged: true }], { number: 3182 }],
    ["a header without LSNs", [F, set({})], { number: 3241 }],
  ])("%s", (_name, sets, expected) => {
    expect(play(...sets)).toEqual(expected);
  });

  it("takes nothing after recovery", () => {
    const outcome = applyBackupSet(null, F, SERVER);
    if (!outcome.ok) throw new Error(outcome.message);
    expect(applyBackupSet({ ...outcome.target, recovered: true }, L1, SERVER)).toMatchObject({
      number: 3117,
    });
  });

  it("names both LSNs of a gap", () => {
    const outcome = applyBackupSet(null, F, SERVER);
    if (!outcome.ok) throw new Error(outcome.message);
    expect(applyBackupSet(outcome.target, L3, SERVER)).toMatchObject({
      message:
        "The log in this backup set begins at LSN 390002, which is too recent to apply to the database. An earlier log backup that includes LSN 370520 can be restored.",
    });
  });
});
