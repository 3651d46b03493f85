import { expect, test } from "vitest";
import { viewOf } from "@/components/migration/migration-view-fixture";
import { memberOf } from "../wave-view-fixture";
import { needsPerson } from "./needs-person";

const refused = {
  at: "2026-05-17T00:00:00.000Z",
  asked: "start",
  reason: "draft_incomplete",
  params: {},
} as const;

test.each([
  ["what stopped", { stage: "stopped" }, true],
  ["what the wave was refused", { stage: "waiting", note: refused }, true],
  ["what was taken back", { stage: "rounds", takenBack: "deadline" }, true],
  ["what was taken back, and is armed anew", { stage: "rounds", takenBack: "deadline", armed: true }, false],
  ["what was taken back, and came online later", { stage: "online", takenBack: "hook" }, false],
  ["what goes on", { stage: "rounds" }, false],
] as const)("%s", (_, over, needs) => {
  expect(needsPerson(memberOf("Sales", 1, over))).toBe(needs);
});

test.each([
  ["a cutover past its deadline, whom a person is to ask on", "cutting_over", "deadline_passed", true],
  ["one online whose check found errors", "online", "check_failed", true],
  ["what takes longer than it may", "restoring", "step_overdue", true],
  ["what was cancelled", "left_out", "step_overdue", false],
  ["what is ready", "rounds", "cutover_ready", false],
] as const)("%s", (_, stage, key, needs) => {
  const migration = viewOf({ needs: { key, params: {} } });
  expect(needsPerson(memberOf("Sales", 1, { stage, migration }))).toBe(needs);
});
