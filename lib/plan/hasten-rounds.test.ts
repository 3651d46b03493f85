import { expect, test } from "vitest";
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
