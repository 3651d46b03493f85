import { describe, expect, test } from "vitest";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import { hastenRounds } from "./hasten-rounds";
import { planNext } from "./plan-next";
import { file, migration, roundOf, step } from "./snapshot-fixture";
import { UNKNOWN_PACE } from "./take-ahead";

const HOUR_MS = 3_600_000;
const PREFLIGHT = step("preflight", null, null);
const SCHEDULE = { mode: "back_to_back", untilBytes: 500, backup: "log" } as const;
const BIG = { sizeBytes: 720e9 };

function withLog(state: "importing" | "imported", dueAtMs: number | null): MigrationSnapshot {
  const last =
    state === "importing"
      ? ({ status: "waiting_external", finishedAtMs: null } as const)
      : { finishedAtMs: HOUR_MS };
  const aim = { backup: "log", final: false } as const;
  const log = step("backup", 1, null, {
    status: "queued",
    aim,
    dueAtMs,
    startedAtMs: null,
    finishedAtMs: null,
  });
  return migration([PREFLIGHT, ...roundOf(0, "f0", "await_import", {}, last), log], {
    files: [file("f0", "full", { state, ...BIG })],
    schedule: SCHEDULE,
  });
}

test("the round during a long restore waits for its hour, which is planned once and for all", () => {
  const { steps, ...rest } = withLog("importing", null);
  const restoring = { ...rest, steps: steps.slice(0, -1) };
  const [planned] = planNext(restoring, 10_000);
  expect(planned).toMatchObject({ kind: "backup", round: 1, input: { backup: "log" } });
  expect(planned?.dueAtMs).toBeGreaterThan(HOUR_MS);
  const waiting = withLog("importing", planned?.dueAtMs ?? null);
  expect(planNext(waiting, 2 * HOUR_MS)).toEqual([]);
  expect(hastenRounds(waiting, HOUR_MS / 2, UNKNOWN_PACE)).toEqual([]);
});

test("it begins at once when the restore has ended before", () => {
  const ended = withLog("imported", 10 * HOUR_MS);
  expect(hastenRounds(ended, HOUR_MS, UNKNOWN_PACE)).toEqual([{ stepId: "backup:1", dueAtMs: null }]);
});

test("with a round every n minutes, by the clock", () => {
  const schedule = { mode: "every", minutes: 90, backup: "log" } as const;
  const ended = { ...withLog("imported", 10 * HOUR_MS), schedule };
  expect(hastenRounds(ended, HOUR_MS, UNKNOWN_PACE)).toEqual([
    { stepId: "backup:1", dueAtMs: 1_000 + 90 * 60_000 },
  ]);
});

test("a round that a person asked for, or one that is due, is left as it is", () => {
  expect(hastenRounds(withLog("imported", null), HOUR_MS, UNKNOWN_PACE)).toEqual([]);
  expect(hastenRounds(withLog("imported", HOUR_MS), HOUR_MS, UNKNOWN_PACE)).toEqual([]);
});

describe("while a cutover is armed", () => {
  const small = (sizeBytes: number): MigrationSnapshot => {
    const steps = [
      PREFLIGHT,
      ...roundOf(0, "f0", "await_import", { startedAtMs: 0, finishedAtMs: HOUR_MS }),
      ...roundOf(1, "f1", "await_import", { startedAtMs: 2 * HOUR_MS, finishedAtMs: 2.1 * HOUR_MS }),
    ];
    const files = [file("f0", "full", BIG), file("f1", "log", { sizeBytes })];
    return migration(steps, { files, schedule: SCHEDULE });
  };
  const dueHours = (armed: MigrationSnapshot): number =>
    ((planNext(armed, 3 * HOUR_MS)[0]?.dueAtMs ?? Number.NaN) - 2 * HOUR_MS) / HOUR_MS;

  test("the log is kept small: the next round is due before it has grown to the limit", () => {
    expect(planNext(small(400), 3 * HOUR_MS)).toEqual([]);
    // 400 bytes in two hours: four fifths of 500 are there after as long again.
    expect(dueHours({ ...small(400), armed: true })).toBeCloseTo(2, 5);
  });

  test("rounds are spaced, so that imports are left, and never hours without end", () => {
    expect(dueHours({ ...small(500), armed: true })).toBeCloseTo(1.6, 5);
    const flood = small(500);
    flood.schedule = { ...SCHEDULE, untilBytes: 1_000_000 };
    expect(dueHours({ ...flood, armed: true })).toBe(6);
    expect(dueHours({ ...small(1), armed: true })).toBe(6);
  });

  test("by hand no round comes of itself", () => {
    expect(planNext({ ...small(400), armed: true, schedule: { mode: "manual" } }, 3 * HOUR_MS)).toEqual([]);
  });
});
