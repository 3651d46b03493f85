import { expect, test } from "vitest";
import type { PlannedStep } from "@/lib/migration/snapshot";
import { isHeldByWave } from "./held-by-wave";
import { planNext } from "./plan-next";
import { CUTOVER, FULL_ROUND, file, migration } from "./snapshot-fixture";

const planned = (kind: PlannedStep["kind"], input: PlannedStep["input"] = {}): PlannedStep => ({
  ...{ kind, input, round: null, fileId: null, dueAtMs: null },
});
const NOTHING = { restoreHeld: false, roundsHeld: false };
const waiting = { wave: { ...NOTHING, restoreHeld: true } };
const resting = { wave: { ...NOTHING, roundsHeld: true } };
const log = planned("backup", { final: false, backup: "log", tail: false });

test("the first backup's import waits for its turn; what comes before it does not, nor what comes after it", () => {
  expect(isHeldByWave(planned("import"), migration([], waiting))).toBe(true);
  expect(isHeldByWave(planned("upload"), migration([], waiting))).toBe(false);
  expect(isHeldByWave(planned("import"), migration([]))).toBe(false);
});

test("rounds that begin by themselves rest; a cutover's last log never does, nor the full", () => {
  const between = migration(FULL_ROUND, { ...resting, files: [file("f0", "full")] });
  expect(isHeldByWave(log, between)).toBe(true);
  expect(isHeldByWave(planned("backup", { final: true, backup: "log", tail: true }), between)).toBe(false);
  expect(isHeldByWave(log, { ...between, cutover: CUTOVER })).toBe(false);
  expect(
    isHeldByWave(planned("backup", { final: false, backup: "full", tail: false }), migration([], resting)),
  ).toBe(false);
});

test("planning asks: a migration whose full is looked at plans no import while it is held, and one when it is let", () => {
  const steps = FULL_ROUND.filter(({ kind }) => !["import", "await_import"].includes(kind));
  expect(planNext(migration(steps, waiting), 0)).toEqual([]);
  expect(planNext(migration(steps), 0)).toMatchObject([{ kind: "import" }]);
});
