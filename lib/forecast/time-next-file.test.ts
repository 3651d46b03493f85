import { describe, expect, test } from "vitest";
import type { MeasuredRound } from "./measured-round";
import { type NextFileFacts, timeNextFile } from "./time-next-file";

const GB = 1_000_000_000;
const HOUR_MS = 3_600_000;

/** A restore of this many bytes at 20 MB/s. */
const restored = (bytes: number): MeasuredRound => ({
  type: "full",
  bytes,
  startedAtMs: 0,
  backupSeconds: null,
  uploadSeconds: null,
  importSeconds: 40 + bytes / 20_000_000,
});

const FULL: MeasuredRound = {
  type: "full",
  bytes: 720 * GB,
  startedAtMs: 0,
  backupSeconds: HOUR_MS / 1_000,
  uploadSeconds: 8 * 3_600,
  importSeconds: null,
};

const FACTS: NextFileFacts = {
  backup: "log",
  importing: { type: "full", bytes: 720 * GB, sinceMs: 9 * HOUR_MS },
  heldUntilMs: 0,
  rounds: [FULL],
  earlierRestores: [restored(400 * GB), restored(700 * GB), restored(900 * GB)],
  timeFactor: 1,
};

describe("when the next file is to be taken", () => {
  test("shortly before the restore is foreseen to end, and earlier rather than later", () => {
    const { takeAtMs, laneFreeAtMs } = timeNextFile(FACTS);
    // 720 GB at 20 MB/s: ten hours.
    expect(laneFreeAtMs / HOUR_MS).toBeCloseTo(19, 0);
    expect(takeAtMs).toBeLessThan(laneFreeAtMs);
    expect(takeAtMs).toBeGreaterThan(15 * HOUR_MS);
  });

  test("the more there is to send, the earlier", () => {
    const busy = { type: "log", bytes: 90 * GB, startedAtMs: HOUR_MS } as const;
    const log = { ...busy, backupSeconds: 600, uploadSeconds: 3_600, importSeconds: 4_500 };
    const calm = { ...log, bytes: GB / 10, backupSeconds: 5, uploadSeconds: 7, importSeconds: 45 };
    const at = (round: MeasuredRound) => timeNextFile({ ...FACTS, rounds: [FULL, round] }).takeAtMs;
    expect(at(log)).toBeLessThan(at(calm) - HOUR_MS / 2);
  });

  test("a differential is no larger than the full", () => {
    const flood = { type: "log", bytes: 3_000 * GB, startedAtMs: HOUR_MS } as const;
    const rounds = [
      FULL,
      { ...flood, backupSeconds: 20_000, uploadSeconds: 120_000, importSeconds: 150_000 },
    ];
    const log = timeNextFile({ ...FACTS, rounds });
    const differential = timeNextFile({ ...FACTS, rounds, backup: "differential" });
    expect(differential.takeAtMs).toBeGreaterThan(log.takeAtMs);
  });

  test("what a full took says nothing of how long a log is redone", () => {
    const slow = { ...FULL, importSeconds: 30 * 3_600 };
    const importing = { type: "log", bytes: GB, sinceMs: 40 * HOUR_MS } as const;
    const free = (round: MeasuredRound) =>
      timeNextFile({ ...FACTS, importing, heldUntilMs: 39 * HOUR_MS, rounds: [round] }).laneFreeAtMs;
    expect(free(slow)).toBe(free({ ...FULL, importSeconds: 10 * 3_600 }));
  });

  test("services that run faster are waited for as much less", () => {
    const fast = timeNextFile({ ...FACTS, rounds: [], earlierRestores: [], timeFactor: 100 });
    const slow = timeNextFile({ ...FACTS, rounds: [], earlierRestores: [] });
    const wait = (atMs: number) => atMs - FACTS.importing.sinceMs;
    expect(wait(slow.laneFreeAtMs) / wait(fast.laneFreeAtMs)).toBeCloseTo(100, 0);
  });

  test("the same facts give the same instants", () => {
    expect(timeNextFile(FACTS)).toEqual(timeNextFile(FACTS));
  });
});
