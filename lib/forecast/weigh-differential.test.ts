import { describe, expect, test } from "vitest";
import type { MeasuredRound } from "./measured-round";
import { type DifferentialFacts, type WaitingLog, weighDifferential } from "./weigh-differential";

const GB = 1_000_000_000;
const MB = 1_000_000;

const round = (type: MeasuredRound["type"], bytes: number, startedAtMs: number): MeasuredRound => ({
  type,
  bytes,
  startedAtMs,
  backupSeconds: 4 + bytes / (150 * MB),
  uploadSeconds: 3 + bytes / (25 * MB),
  importSeconds: 40 + bytes / (20 * MB),
});

const logs = (count: number, bytes: number): WaitingLog[] =>
  Array.from({ length: count }, () => ({ bytes, needsUpload: true }));

const FACTS: DifferentialFacts = {
  nowMs: 0,
  waiting: logs(6, 50 * MB),
  rounds: [round("full", 90 * GB, 0), round("log", 50 * MB, 1_000), round("log", 50 * MB, 2_000)],
  importsLeft: 18,
  timeFactor: 1,
};

describe("a differential instead of the logs that wait", () => {
  test("many small logs: one import instead of each, and the time that RDS spends around each", () => {
    const found = weighDifferential(FACTS);
    expect(found).toMatchObject({
      why: "time",
      replaces: 6,
      waitingBytes: 300 * MB,
      atMostBytes: 400 * MB,
      imports: { logs: 6, differential: 1, left: 18 },
    });
    // Six imports of 42.5 s behind an upload of 5 s; 7 + 19 + 60 s of one differential.
    expect(found?.seconds.logs.p50).toBeGreaterThan(200);
    expect(found?.seconds.logs.p50).toBeLessThan(320);
    expect(found?.seconds.differential.p50).toBeGreaterThan(60);
    expect(found?.seconds.differential.p50).toBeLessThan(120);
  });

  test("one log that waits is never worth it: the next begins where that one ended all the same", () => {
    expect(weighDifferential({ ...FACTS, waiting: logs(1, 80 * GB) })).toBeNull();
    expect(weighDifferential({ ...FACTS, waiting: [] })).toBeNull();
  });

  test("where it has to bring all that was ever written, the logs are as good", () => {
    const earlier = Array.from({ length: 6 }, (_, index) => round("log", 5 * GB, 1_000 + index));
    const facts = { ...FACTS, rounds: [round("full", 90 * GB, 0), ...earlier] };
    expect(weighDifferential(facts)).toBeNull();
  });

  test("unless the logs take more imports than the day has left", () => {
    const earlier = Array.from({ length: 6 }, (_, index) => round("log", 5 * GB, 1_000 + index));
    const facts = { ...FACTS, rounds: [round("full", 90 * GB, 0), ...earlier] };
    expect(weighDifferential({ ...facts, importsLeft: 8 })).toBeNull();
    const found = weighDifferential({ ...facts, importsLeft: 7 });
    expect(found?.why).toBe("budget");
    expect(found?.seconds.differential.p50).toBeGreaterThan(found?.seconds.logs.p50 ?? 0);
    // Not even the differential leaves what a cutover needs.
    expect(weighDifferential({ ...facts, importsLeft: 2 })).toBeNull();
  });

  test("it holds each page once: no more than the full", () => {
    const facts = { ...FACTS, rounds: [round("full", GB, 0)], waiting: logs(3, 8 * GB) };
    expect(weighDifferential(facts)).toMatchObject({ why: "time", atMostBytes: GB });
  });

  test("without a full nothing is said, and the same facts give the same answer", () => {
    expect(weighDifferential({ ...FACTS, rounds: [] })).toBeNull();
    expect(weighDifferential(FACTS)).toEqual(weighDifferential(FACTS));
  });
});
